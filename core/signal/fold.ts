import { cos, sin } from '../math/elementary.ts';
import { MINIMUM_QUALITY, type PodFrame } from './pod-frame.ts';
import { STAGES, STAGE_DEPTH } from './stages.ts';

/**
 * The fold: sums over pods as whole numbers, so that adding is exact. Shards may be merged in any
 * order and a pod may be taken out by subtraction, and the bits are those of a sum in which it never was.
 *
 * Fixed point: ONE stands for 1, and a product of two such numbers has the unit ONE x ONE. The
 * largest summand is below 2^26 (`rate`, `heart`), so every sum stays a safe integer (2^53) up to
 * MAXIMUM_PODS pods.
 */
export const ONE = 4096;
const ONE_SQUARED = ONE * ONE;
/** The most pods a shard may sum exactly: 2^53 / 2^26, beyond 100 million. */
export const MAXIMUM_PODS = 134_217_728;

const FIELDS = [
  /** Live pods. */
  'pods',
  /** Mass of each stage, ONE a sleeper: where labels are sharp, ONE x the count. */
  'W', 'N1', 'N2', 'N3', 'R',
  /** Squares of each pod's masses, summed over stages and pods: the pairs of a pod with itself. */
  'stageSquares',
  /** Squares of each pod's whole mass. */
  'massSquares',
  /** Quality, quality x depth, quality x depth squared of those not in REM. */
  'depthQuality', 'depth', 'depthSquares',
  /** Quality, its squares, quality x cos and sin of the breath phase. */
  'breathQuality', 'breathQualitySquares', 'breathCos', 'breathSin',
  /** Quality-weighted breath rate in Hz, heart rate in 1/16 bpm, motion. */
  'rateQuality', 'rate', 'heartQuality', 'heart', 'motionQuality', 'motion',
  /** Recent arousals and the sleep they came from in seconds, both fading (see AROUSAL_MEMORY_SECONDS). */
  'arousals', 'sleeperSeconds',
  /** Pods behind the stages, the arousals, the breath phase, the breath rate, the heart and the motion. */
  'staged', 'roused', 'breathing', 'rated', 'hearts', 'moving',
] as const;
export type ShardField = (typeof FIELDS)[number];

/** Place of each field in a shard. */
export const FIELD = Object.fromEntries(FIELDS.map((name, index) => [name, index])) as Readonly<Record<ShardField, number>>;

/** Sums over pods: whole numbers only, in the order of FIELD. */
export type Shard = Float64Array;

/** All of a pod frame that the fold reads; nothing else of it needs to be kept. */
export type FoldedFields = Pick<PodFrame, 'pStage' | 'hrBpm' | 'respHz' | 'motion' | 'q'>;

/** What the fold takes from one pod at one moment. */
export interface PodReading {
  readonly frame: FoldedFields;
  /** Freshness 0..1: 1 for new data, falling as it grows stale. */
  readonly weight: number;
  /** The breath phase at this moment in radians, or null where it is unknown or too old. */
  readonly breathPhase: number | null;
  /** Recent arousals, fading; a whole arousal just now counts 1. */
  readonly arousals: number;
  /** Recent seconds asleep, fading alike. */
  readonly sleeperSeconds: number;
}

/** Each sensor's sums, behind the field that counts its pods. */
const SENSORS: Readonly<Partial<Record<ShardField, readonly ShardField[]>>> = {
  staged: ['W', 'N1', 'N2', 'N3', 'R', 'stageSquares', 'massSquares', 'depthQuality', 'depth', 'depthSquares'],
  roused: ['arousals', 'sleeperSeconds'],
  breathing: ['breathQuality', 'breathQualitySquares', 'breathCos', 'breathSin'],
  rated: ['rateQuality', 'rate'],
  hearts: ['heartQuality', 'heart'],
  moving: ['motionQuality', 'motion'],
};
const GATED = Object.entries(SENSORS).map(([counter, fields]) => ({ counter: FIELD[counter as ShardField], fields: fields.map((field) => FIELD[field]) }));

/** Places of the fields that count pods, whatever these weigh. */
export const COUNTERS: ReadonlySet<number> = new Set([FIELD.pods, ...GATED.map(({ counter }) => counter)]);

/**
 * The sums as they may be heard where so many pods at least must stand behind each: what fewer of them sense counts as not
 * sensed at all. Five pods of which one alone has a heart belt would otherwise tell that one's heart.
 */
export const gatedSensors = (shard: Shard, least: number): Shard => {
  if (least <= 1) return shard;
  const heard = shard.slice();
  for (const { counter, fields } of GATED) {
    if ((shard[counter] ?? 0) >= least) continue;
    heard[counter] = 0;
    for (const field of fields) heard[field] = 0;
  }
  return heard;
};

/** The sum over no pods. */
export const emptyShard = (): Shard => new Float64Array(FIELDS.length);

const fixed = (value: number): number => Math.round(value * ONE);
const fixedProduct = (a: number, b: number): number => Math.round(a * b * ONE_SQUARED);
const usable = (quality: number): boolean => quality >= MINIMUM_QUALITY;

/**
 * Probabilities as masses that sum to exactly round(weight x ONE): each is rounded down, and what is
 * left goes to the likeliest stage. So N = sum of n_k holds to the bit, and sharp labels are counts.
 */
const stageMasses = (pStage: readonly number[], weight: number): number[] => {
  const whole = fixed(weight);
  const total = pStage.reduce((a, b) => a + b, 0);
  if (!(total > 0)) return [0, 0, 0, 0, 0];
  const masses = pStage.map((p) => Math.floor((p / total) * whole));
  let likeliest = 0;
  for (let k = 1; k < masses.length; k += 1) if ((pStage[k] ?? 0) > (pStage[likeliest] ?? 0)) likeliest = k;
  masses[likeliest] = (masses[likeliest] ?? 0) + whole - masses.reduce((a, b) => a + b, 0);
  return masses;
};

const addStages = (shard: Shard, sign: number, reading: PodReading, pStage: readonly number[]): void => {
  const masses = stageMasses(pStage, reading.weight);
  const quality = reading.frame.q.eeg;
  let whole = 0;
  let squares = 0;
  let depth = 0;
  let depthSquares = 0;
  let light = 0;
  for (let k = 0; k < STAGES.length; k += 1) {
    const mass = masses[k] ?? 0;
    shard[FIELD.W + k]! += sign * mass;
    whole += mass;
    squares += mass * mass;
    const stageDepth = STAGE_DEPTH[k] ?? null;
    if (stageDepth === null) continue;
    light += mass / ONE;
    depth += (mass / ONE) * stageDepth;
    depthSquares += (mass / ONE) * stageDepth * stageDepth;
  }
  shard[FIELD.staged]! += sign;
  shard[FIELD.stageSquares]! += sign * squares;
  shard[FIELD.massSquares]! += sign * whole * whole;
  shard[FIELD.depthQuality]! += sign * fixedProduct(quality, light);
  shard[FIELD.depth]! += sign * fixedProduct(quality, depth);
  shard[FIELD.depthSquares]! += sign * fixedProduct(quality, depthSquares);
};

const addPhase = (shard: Shard, sign: number, quality: number, weight: number, breathPhase: number | null): void => {
  if (!usable(quality) || breathPhase === null) return;
  const breath = fixed(quality * weight);
  shard[FIELD.breathing]! += sign;
  shard[FIELD.breathQuality]! += sign * breath;
  shard[FIELD.breathQualitySquares]! += sign * breath * breath;
  shard[FIELD.breathCos]! += sign * Math.round(breath * ONE * cos(breathPhase));
  shard[FIELD.breathSin]! += sign * Math.round(breath * ONE * sin(breathPhase));
};

const addBody = (shard: Shard, sign: number, { frame, weight }: PodReading): void => {
  if (usable(frame.q.resp) && frame.respHz !== null) {
    const breath = fixed(frame.q.resp * weight);
    shard[FIELD.rated]! += sign;
    shard[FIELD.rateQuality]! += sign * breath;
    shard[FIELD.rate]! += sign * Math.round(breath * ONE * frame.respHz);
  }
  if (usable(frame.q.hr) && frame.hrBpm !== null) {
    const heart = fixed(frame.q.hr * weight);
    shard[FIELD.hearts]! += sign;
    shard[FIELD.heartQuality]! += sign * heart;
    shard[FIELD.heart]! += sign * Math.round(heart * 16 * frame.hrBpm);
  }
  if (usable(frame.q.motion) && frame.motion !== null) {
    const motion = fixed(frame.q.motion * weight);
    shard[FIELD.moving]! += sign;
    shard[FIELD.motionQuality]! += sign * motion;
    shard[FIELD.motion]! += sign * Math.round(motion * ONE * frame.motion);
  }
};

const accumulate = (shard: Shard, reading: PodReading, sign: 1 | -1): Shard => {
  shard[FIELD.pods]! += sign;
  if (usable(reading.frame.q.eeg)) {
    if (reading.frame.pStage !== null) addStages(shard, sign, reading, reading.frame.pStage);
    shard[FIELD.roused]! += sign;
    shard[FIELD.arousals]! += sign * fixed(reading.arousals * reading.weight);
    shard[FIELD.sleeperSeconds]! += sign * fixed(reading.sleeperSeconds * reading.weight);
  }
  addBody(shard, sign, reading);
  addPhase(shard, sign, reading.frame.q.resp, reading.weight, reading.breathPhase);
  return shard;
};

/** Adds one pod to a shard, in place, and returns it. Exact: the order of pods never matters. */
export const addPod = (shard: Shard, reading: PodReading): Shard => accumulate(shard, reading, 1);

/** Takes out a pod that was added with the same reading, in place: as if it never was there. */
export const removePod = (shard: Shard, reading: PodReading): Shard => accumulate(shard, reading, -1);

/**
 * Adds only what moves between two pod frames, the breath phase of a fresh pod, in place: a pod added with breathPhase null and
 * then this is, to the bit, the pod added whole.
 * @param quality the breath sensor's, 0..1
 */
export const addBreath = (shard: Shard, quality: number, breathPhase: number): Shard => {
  addPhase(shard, 1, quality, 1, breathPhase);
  return shard;
};

/** Adds a shard to another in place, and returns it. */
export const addShard = (shard: Shard, other: Shard): Shard => {
  for (let i = 0; i < shard.length; i += 1) shard[i]! += other[i]!;
  return shard;
};

/** The sum of two shards as a new one. Associative and commutative to the bit. */
export const mergeShards = (a: Shard, b: Shard): Shard => addShard(a.slice(), b);
