import { exp, log, log2 } from '../math/elementary.ts';
import { onGrid, type CollectiveFrame } from './collective-frame.ts';
import { FIELD, ONE, type Shard, type ShardField } from './fold.ts';
import { chanceAgreement } from './stage-baseline.ts';
import { STAGES } from './stages.ts';

/** How long arousals and the sleep they came from are remembered: both fade as exp(-t / this). */
export const AROUSAL_MEMORY_SECONDS = 600;
/** A normal night's arousals an hour. */
const NORMAL_AROUSALS = 15;
/** Sleeper-hours of normal sleep that new evidence is weighed against. */
const PRIOR_SLEEPER_HOURS = 2;
/** Breath synchrony is averaged over some five breaths. */
const SYNCHRONY_SECONDS = 20;
const NOVELTY_FAST_SECONDS = 120;
const NOVELTY_SLOW_SECONDS = 900;
/** Below this much of one sleeper outside REM the depth is no longer measured but held. */
const LEAST_DEPTH_MASS = 0.1;
/** Where chance leaves less room than this for agreement (all awake at lights off), C* is scaled down instead of leaping. */
const LEAST_ROOM = 0.25;
const LN5 = 1.6094379124341003;

/** What the measures remember from frame to frame. Plain data; `startHistory` makes the first. */
export interface History {
  /** Stage shares, moving averages over 2 and 15 minutes; null before the first frame. */
  readonly fast: readonly number[] | null;
  readonly slow: readonly number[] | null;
  /** Moving averages of the pairs in phase and of all pairs of breath. */
  readonly pairsInPhase: number;
  readonly pairs: number;
  readonly depth: number;
}

/** The history before the first frame. */
export const startHistory = (): History => ({ fast: null, slow: null, pairsInPhase: 0, pairs: 0, depth: 0 });

/** The measures of one moment: the collective frame without its time and gate. */
export type Measures = Omit<CollectiveFrame, 't' | 'n' | 'gated'>;

/** What a frame says while too few pods are live: nothing about anyone. */
export const NEUTRAL_MEASURES: Measures = {
  share: [0.2, 0.2, 0.2, 0.2, 0.2],
  entropy: 0.5,
  depth: 0.5,
  dream: 0.2,
  synchrony: null,
  concordance: 0,
  discord: 0.5,
  unity: 0,
  novelty: 0,
  heartBpm: null,
  breathHz: null,
  motion: 0,
  chant: 0,
};

/** A collective frame from its parts. Field by field, because a spread costs a fifth of an offline night's time. */
export const frameOf = (t: number, n: number, gated: boolean, measures: Measures): CollectiveFrame => ({
  t,
  n,
  gated,
  share: measures.share,
  entropy: measures.entropy,
  depth: measures.depth,
  dream: measures.dream,
  synchrony: measures.synchrony,
  concordance: measures.concordance,
  discord: measures.discord,
  unity: measures.unity,
  novelty: measures.novelty,
  heartBpm: measures.heartBpm,
  breathHz: measures.breathHz,
  motion: measures.motion,
  chant: measures.chant,
});

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const mix = (from: number, to: number, amount: number): number => from + (to - from) * amount;
const get = (shard: Shard, field: ShardField): number => shard[FIELD[field]] ?? 0;
const ratio = (top: number, below: number): number | null => (below > 0 ? top / below : null);

/** Sleepers in each stage, n_k, as numbers that may hold fractions (probability mass). */
export const stageCounts = (shard: Shard): number[] => STAGES.map((stage) => get(shard, stage) / ONE);

const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** Shares by Jeffreys' prior, (n_k + 1/2)/(N + 5/2): never 0 or 1, even for one sleeper. Sums to 1. */
export const jeffreysShares = (counts: readonly number[]): number[] => {
  const n = total(counts);
  return counts.map((count) => (count + 0.5) / (n + 2.5));
};

/**
 * Entropy of the stages over ln 5, 0..1, with Miller and Madow's correction (1955) for few sleepers:
 * [-sum p ln p + (m - 1)/2N]/ln 5 with p = n_k/N and m the stages that hold half a sleeper or more. 0 without sleepers.
 */
export const stageEntropy = (counts: readonly number[]): number => {
  const n = total(counts);
  if (!(n > 0)) return 0;
  let sum = 0;
  let occupied = 0;
  for (const count of counts) {
    if (count >= 0.5) occupied += 1;
    if (count > 0) sum -= (count / n) * log(count / n);
  }
  return clamp((sum + Math.max(0, occupied - 1) / (2 * n)) / LN5, 0, 1);
};

/** The pairs of breaths in phase and all pairs: numerator and denominator of PPC (Vinck et al. 2010), in sleepers squared. */
const breathPairs = (shard: Shard): { inPhase: number; all: number } => {
  const c = get(shard, 'breathCos') / (ONE * ONE);
  const s = get(shard, 'breathSin') / (ONE * ONE);
  const quality = get(shard, 'breathQuality') / ONE;
  const squares = get(shard, 'breathQualitySquares') / (ONE * ONE);
  return { inPhase: c * c + s * s - squares, all: quality * quality - squares };
};

/**
 * Pairwise phase consistency of the breaths, (|sum q e^i theta|^2 - sum q^2)/((sum q)^2 - sum q^2):
 * 1 all together, 0 chance, down to -1/(N - 1); null below two breathing pods. Unbiased for any N.
 */
export const breathSynchrony = (shard: Shard): number | null => {
  const { inPhase, all } = breathPairs(shard);
  const value = all > 1e-6 ? inPhase / all : null;
  return value === null ? null : clamp(value, -1, 1);
};

/**
 * Agreement of stages beyond chance: C* = (C - C0)/(Cmax - C0), -1..1; 0 below two sleepers. With
 * sharp labels C = sum n_k(n_k - 1)/N(N - 1) and Cmax = 1. With probabilities C is the mean product of
 * two sleepers' probabilities, Cmax their mean square s (what two alike would reach), and C0 is blurred
 * just as much: 1/5 + (s - 1/5)/(4/5) x (C0 - 1/5). Cmax - C0 is taken as .25 at least.
 * @param chance C0 of sharp labels at this time of night, from `chanceAgreement`
 */
export const concordance = (shard: Shard, chance: number): number => {
  const masses = STAGES.map((stage) => get(shard, stage));
  const squares = get(shard, 'stageSquares');
  const massSquares = get(shard, 'massSquares');
  const whole = total(masses);
  const pairs = whole * whole - massSquares;
  if (!(pairs > 0 && massSquares > 0)) return 0;
  const agreement = (masses.reduce((sum, mass) => sum + mass * mass, 0) - squares) / pairs;
  const sharpness = squares / massSquares;
  const expected = 0.2 + ((sharpness - 0.2) / 0.8) * (chance - 0.2);
  return clamp((agreement - expected) / Math.max(sharpness - expected, LEAST_ROOM), -1, 1);
};

/**
 * Restlessness, 0..1, .5 on a normal night: lambda = (a + lambda0 beta)/(E + beta), D = lambda/(lambda + lambda0)
 * with a arousals in E sleeper-hours, lambda0 = 15 an hour, beta = 2 sleeper-hours.
 */
export const discord = (arousals: number, sleeperHours: number): number => {
  const rate = (arousals + NORMAL_AROUSALS * PRIOR_SLEEPER_HOURS) / (sleeperHours + PRIOR_SLEEPER_HOURS);
  return rate / (rate + NORMAL_AROUSALS);
};

/** N/(N + 8) x (PPC+ /2 + C*+ /2): 0 is chance, and few sleepers never shout. */
export const unity = (sleepers: number, synchrony: number | null, agreement: number): number =>
  (sleepers / (sleepers + 8)) * (Math.max(0, synchrony ?? 0) / 2 + Math.max(0, agreement) / 2);

/** sqrt of the Jensen-Shannon divergence (base 2) of two distributions, 0..1. */
export const divergence = (p: readonly number[], q: readonly number[]): number => {
  let sum = 0;
  for (let k = 0; k < p.length; k += 1) {
    const a = p[k] ?? 0;
    const b = q[k] ?? 0;
    const middle = (a + b) / 2;
    if (a > 0) sum += (a / 2) * log2(a / middle);
    if (b > 0) sum += (b / 2) * log2(b / middle);
  }
  return Math.sqrt(clamp(sum, 0, 1));
};

const grown = (history: History, shard: Shard, shares: readonly number[], elapsed: number): History => {
  const follow = (before: readonly number[] | null, seconds: number): readonly number[] => {
    const amount = 1 - exp(-elapsed / seconds);
    return shares.map((now, k) => mix(before?.[k] ?? now, now, amount));
  };
  const { inPhase, all } = breathPairs(shard);
  const amount = history.pairs > 0 && all > 0 ? 1 - exp(-elapsed / SYNCHRONY_SECONDS) : 1;
  const mass = get(shard, 'depthQuality') / (ONE * ONE);
  return {
    fast: follow(history.fast, NOVELTY_FAST_SECONDS),
    slow: follow(history.slow, NOVELTY_SLOW_SECONDS),
    pairsInPhase: mix(history.pairsInPhase, inPhase, amount),
    pairs: mix(history.pairs, all, amount),
    depth: mass >= LEAST_DEPTH_MASS ? get(shard, 'depth') / (ONE * ONE) / mass : history.depth,
  };
};

const stagesOnGrid = (shares: readonly number[]): Measures['share'] => {
  const [w = 0, n1 = 0, n2 = 0, n3 = 0, r = 0] = shares.map(onGrid);
  return [w, n1, n2, n3, r];
};

/**
 * All measures of one moment, on the frame's grid, and the history for the next.
 * @param shard the fold over all live pods
 * @param elapsed seconds since the frame before (0 for the first)
 * @param night seconds since the gathering's start, for the chance agreement of that hour
 */
export const measure = (shard: Shard, history: History, elapsed: number, night: number): { measures: Measures; history: History } => {
  const counts = stageCounts(shard);
  const sleepers = total(counts);
  const shares = jeffreysShares(counts);
  const next = grown(history, shard, shares, elapsed);
  const synchrony = next.pairs > 1e-6 ? clamp(next.pairsInPhase / next.pairs, -1, 1) : null;
  const agreement = concordance(shard, chanceAgreement(night));
  const heart = ratio(get(shard, 'heart') / 16, get(shard, 'heartQuality'));
  const rate = ratio(get(shard, 'rate') / ONE, get(shard, 'rateQuality'));
  const motion = ratio(get(shard, 'motion') / ONE, get(shard, 'motionQuality'));
  const measures: Measures = {
    share: stagesOnGrid(shares),
    entropy: onGrid(stageEntropy(counts)),
    depth: onGrid(clamp(next.depth, 0, 1)),
    dream: onGrid(sleepers > 0 ? (counts[4] ?? 0) / sleepers : 0),
    synchrony: synchrony === null ? null : onGrid(synchrony),
    concordance: onGrid(agreement),
    discord: onGrid(discord(get(shard, 'arousals') / ONE, get(shard, 'sleeperSeconds') / ONE / 3600)),
    unity: onGrid(unity(sleepers, synchrony, agreement)),
    novelty: onGrid(divergence(next.fast ?? shares, next.slow ?? shares)),
    heartBpm: heart === null ? null : onGrid(clamp(heart, 20, 250)),
    breathHz: rate === null ? null : onGrid(clamp(rate, 0.02, 2)),
    motion: onGrid(clamp(motion ?? 0, 0, 1)),
    chant: 0,
  };
  return { measures, history: next };
};
