import type { PodReading } from '../../core/signal/fold.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { STAGES, type Stage } from '../../core/signal/stages.ts';

/** A pod frame with every field known; change what a test is about. */
export const podFrame = (changes: Partial<PodFrame> = {}): PodFrame => ({
  v: 1,
  sid: '00000000000000a1',
  seq: 0,
  tMono: 0,
  epochIdx: 0,
  pStage: [0, 0, 1, 0, 0],
  stageAgeS: 30,
  bands: [0.65, 0.17, 0.06, 0.08, 0.04],
  spindlePerMin: 4,
  soPerMin: 4,
  hrBpm: 60,
  rmssdMs: 45,
  respHz: 0.25,
  respPhase: 0,
  motion: 0,
  dTempC: null,
  arousal: 0,
  q: { eeg: 1, hr: 1, resp: 1, motion: 1 },
  consent: { live: true, record: true, soloVoice: true, publish: true, expiresAt: null },
  ...changes,
});

export const sharp = (stage: Stage): [number, number, number, number, number] => {
  const p = (s: Stage): number => (s === stage ? 1 : 0);
  const [w, n1, n2, n3, r] = STAGES;
  return [p(w), p(n1), p(n2), p(n3), p(r)];
};

/** A fresh reading of a sleeper in a stage, breathing at a phase. */
export const reading = (stage: Stage, phase: number | null = null, changes: Partial<PodReading> = {}): PodReading => ({
  frame: podFrame({ pStage: sharp(stage) }),
  weight: 1,
  breathPhase: phase,
  arousals: 0,
  sleeperSeconds: 0,
  ...changes,
});
