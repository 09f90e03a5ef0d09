import { exp } from '../../core/math/elementary.ts';
import { gaussian } from '../../core/random/gaussian.ts';
import { hashText, keyed, uniform } from '../../core/random/keyed.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { EPOCH_SECONDS, STAGES, type Stage } from '../../core/signal/stages.ts';
import { CONFUSION, bodyOf } from './body.ts';
import { breathDiffusion, type BreathDrive } from './breathing.ts';

/** What was measured, in place of what is modelled. A field that is there counts, null too; one that is not there is modelled. */
export type Measured = Partial<Pick<PodFrame, 'pStage' | 'stageAgeS' | 'bands' | 'spindlePerMin' | 'soPerMin' | 'hrBpm' | 'rmssdMs' | 'respHz' | 'respPhase' | 'motion' | 'arousal'>> & {
  readonly q?: Partial<PodFrame['q']>;
};

/** Where a modelled body takes its stages from. */
export interface StageSource {
  /** Undefined means that the night is over. */
  stage(epoch: number): Stage | null | undefined;
  /** What a recording measured in this second, if anything. */
  measured?(second: number): Measured | null;
}

/**
 * How a pod tells its stage. `probabilities`: as a live headband does, one epoch late and unsure.
 * `labels`: as a scored recording does, certain and on time.
 */
export type Staging = 'probabilities' | 'labels';

// Hashed once: these are drawn every second for every sleeper.
const SLEEPER = hashText('sleeper');
const TILT = hashText('tilt');
const AROUSAL = hashText('arousal');
const AROUSAL_LENGTH = hashText('arousal-length');
const TOSS = hashText('toss');
const MOTION = hashText('motion');
const HEART_NOISE = hashText('heart-noise');

const QUALITY = { eeg: 0.9, hr: 0.95, resp: 0.9, motion: 1 };
const SCORED_QUALITY = { eeg: 1, hr: 1, resp: 1, motion: 1 };
const CONSENT: PodFrame['consent'] = { live: true, record: true, soloVoice: true, publish: true, expiresAt: null };

type Five = [number, number, number, number, number];

const between = (range: readonly [number, number], draw: number): number => range[0] + (range[1] - range[0]) * draw;

/** Sharp for a scored stage; blurred by 5 to 20 % over its neighbours for a live one. */
const stageProbabilities = (stage: Stage, staging: Staging, draw: number): Five => {
  const doubt = staging === 'labels' ? 0 : 0.05 + 0.15 * draw;
  const row = CONFUSION[stage];
  const at = STAGES.indexOf(stage);
  const p = (k: 0 | 1 | 2 | 3 | 4): number => (k === at ? 1 - doubt : row[k] * doubt);
  return [p(0), p(1), p(2), p(3), p(4)];
};

const sessionId = (seed: number, sleeper: number): string =>
  [0, 1].map((index) => keyed(seed, 'pod', sleeper, 'sid', index).toString(16).padStart(8, '0')).join('');

/** One modelled body around a run of stages. */
export interface Sleeper {
  /** The breath this sleeper's stage wants in this second; undefined when the night is over. */
  drive(second: number): BreathDrive | undefined;
  /** The pod frame of this second. `breathAdvance` is how far the breath went in the last second, radians. */
  frame(second: number, breathPhase: number, breathAdvance: number): PodFrame;
}

/**
 * Makes a sleeper. Baselines: heart in REM ~ N(60, 7) bpm, RMSSD lognormal with median 45 ms in
 * 20..100, breath ~ N(15, 2.1) a minute. While the stage is unknown (movement, unscored) the body
 * goes on as in the last known one and pStage is null.
 */
export const createSleeper = (source: StageSource, staging: Staging, seed: number, index: number): Sleeper => {
  const draw = (purpose: string): number => gaussian(seed, 'sleeper', index, purpose, 0);
  const sid = sessionId(seed, index);
  const heartInRem = Math.min(95, Math.max(40, 60 + 7 * draw('heart')));
  const variabilityInRem = Math.min(100, Math.max(20, 45 * exp(0.4 * draw('variability'))));
  const breathInRem = Math.min(0.4, Math.max(0.13, (15 + 2.1 * draw('breath')) / 60));
  const arousability = exp(0.3 * draw('arousals'));
  let bodyStage: Stage = 'W';
  let heart = heartInRem * 1.06;
  let variability = variabilityInRem;
  let breath = breathInRem;
  let motion = 0.1;
  let arousalLeft = 0;
  let bands = [...bodyOf('W').bands];
  let spindles = 0;
  let slowOscillations = 0;
  let shown: Five | null = null;

  const enterEpoch = (epoch: number): void => {
    const { spindles: from, slowOscillations: slow } = bodyOf(bodyStage);
    spindles = between(from, uniform(seed, 'sleeper', index, 'spindles', epoch));
    slowOscillations = between(slow, uniform(seed, 'sleeper', index, 'slow-oscillations', epoch));
    const told = staging === 'labels' ? source.stage(epoch) : source.stage(Math.max(0, epoch - 1));
    shown = told === null || told === undefined ? null : stageProbabilities(told, staging, uniform(seed, 'sleeper', index, 'doubt', epoch));
  };

  const live = (second: number): void => {
    const body = bodyOf(bodyStage);
    const tilt = 0.9 + 0.2 * uniform(seed, SLEEPER, index, TILT, second);
    if (arousalLeft > 0) arousalLeft -= 1;
    else if (uniform(seed, SLEEPER, index, AROUSAL, second) < (body.arousalsAnHour * arousability) / 3600) {
      arousalLeft = 3 + Math.floor(8 * uniform(seed, SLEEPER, index, AROUSAL_LENGTH, second));
    }
    const stir = arousalLeft > 0 ? 0.45 : 0;
    const toss = bodyStage === 'W' && uniform(seed, SLEEPER, index, TOSS, second) < 0.02 ? 0.5 : 0;
    motion += (Math.min(1, body.motion * 2 * uniform(seed, SLEEPER, index, MOTION, second) + stir + toss) - motion) * 0.3;
    const bump = arousalLeft > 0 ? 9 : 0;
    heart += (heartInRem * body.heart + bump - heart) * 0.03 + 0.35 * gaussian(seed, SLEEPER, index, HEART_NOISE, second);
    variability += (variabilityInRem * body.variability * tilt - variability) * 0.02;
    bands = bands.map((value, k) => value + ((body.bands[k] ?? 0) * (k === 0 ? tilt : 1) - value) * 0.07);
  };

  return {
    drive: (second) => {
      const stage = source.stage(Math.floor(second / EPOCH_SECONDS));
      if (stage === undefined) return undefined;
      if (stage !== null) bodyStage = stage;
      const body = bodyOf(bodyStage);
      const hertz = breathInRem * body.breath;
      return { hertz, diffusion: breathDiffusion(body.breathVariation, hertz) };
    },
    frame: (second, breathPhase, breathAdvance) => {
      const epoch = Math.floor(second / EPOCH_SECONDS);
      if (second % EPOCH_SECONDS === 0) enterEpoch(epoch);
      live(second);
      breath += (breathAdvance / 6.283185307179586 - breath) / 15;
      const power = bands.reduce((a, b) => a + b, 0);
      const [delta = 0, theta = 0, alpha = 0, sigma = 0, beta = 0] = bands.map((value) => Math.min(1, value / power));
      const frame: PodFrame = {
        v: 1,
        sid,
        seq: second,
        tMono: second * 1_000,
        epochIdx: epoch,
        pStage: shown,
        stageAgeS: shown === null ? null : second % EPOCH_SECONDS,
        bands: [delta, theta, alpha, sigma, beta],
        spindlePerMin: spindles,
        soPerMin: slowOscillations,
        hrBpm: Math.min(180, Math.max(35, heart)),
        rmssdMs: variability,
        respHz: Math.min(1, Math.max(0.05, breath)),
        respPhase: breathPhase,
        motion: Math.min(1, Math.max(0, motion)),
        dTempC: null,
        arousal: arousalLeft > 0 ? 1 : 0,
        q: staging === 'labels' ? SCORED_QUALITY : QUALITY,
        consent: CONSENT,
      };
      const measured = source.measured?.(second) ?? null;
      return measured === null ? frame : { ...frame, ...measured, q: { ...frame.q, ...measured.q } };
    },
  };
};
