/** Readings of any sensor become frames that always fit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPodMaker, type PodMaker } from '../../../../core/signal/sensing/pod-maker.ts';
import type { Bands } from '../../../../core/signal/sensing/reading.ts';
import { podFrameSchema, type PodFrame } from '../../../../core/signal/pod-frame.ts';

const CONSENT = { live: true, record: true, soloVoice: false, publish: false, expiresAt: null };
const SID = '00000000000000a1';
const make = (): PodMaker => createPodMaker({ sid: SID, consent: CONSENT });
const DEEP: Bands = [0.95, 0.03, 0.01, 0.005, 0.005];
const eeg = (bands: Bands = DEEP, quality = 1) => ({ value: { bands, spindlePerMin: 2, soPerMin: 12, gamma: 0.001 }, quality });
const heart = { value: { hrBpm: 60, rmssdMs: 40 }, quality: 0.9 };

const frameOf = (pod: PodMaker, at: number): PodFrame => {
  const frame = pod.frame(at);
  if (frame === null) throw new Error('no frame');
  return frame;
};

describe('a pod', () => {
  it('says nothing before anything was sensed', () => {
    expect(make().frame(0)).toBeNull();
  });

  it('tells what one sensor tells, and null for all else', () => {
    const pod = make();
    pod.heart(heart, 5_000);
    expect(frameOf(pod, 6_000.7)).toEqual({
      v: 1, sid: SID, seq: 0, tMono: 6_000, epochIdx: 0, pStage: null, stageAgeS: null, bands: null, spindlePerMin: null, soPerMin: null,
      hrBpm: 60, rmssdMs: 40, respHz: null, respPhase: null, motion: null, dTempC: null, arousal: null, q: { eeg: 0, hr: 0.9, resp: 0, motion: 0 }, consent: CONSENT,
    });
    expect(frameOf(pod, 7_000).seq).toBe(1);
  });

  it('counts epochs from the first reading, and the age of a stage from its reading', () => {
    const pod = make();
    for (let second = 0; second <= 70; second += 1) pod.eeg(eeg(), 100_000 + second * 1_000);
    const frame = frameOf(pod, 173_000);
    expect(frame.epochIdx).toBe(2);
    expect(frame.stageAgeS).toBe(3);
    expect(frame.pStage?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('keeps a reading whole for 5 s, then loses trust over 10 s, then forgets it', () => {
    const pod = make();
    pod.heart(heart, 0);
    pod.motion({ value: 0.2, quality: 1 }, 20_000);
    expect(frameOf(pod, 5_000).q.hr).toBeCloseTo(0.9, 9);
    expect(frameOf(pod, 10_000).q.hr).toBeCloseTo(0.45, 9);
    expect(frameOf(pod, 14_900).hrBpm).toBe(60);
    expect(frameOf(pod, 15_000)).toMatchObject({ hrBpm: null, rmssdMs: null, motion: 0.2, q: { hr: 0 } });
  });

  it('waits longer for a sensor that takes longer', () => {
    const pod = make();
    for (const at of [0, 30_000, 60_000]) pod.eeg(eeg(), at);
    expect(frameOf(pod, 100_000).q.eeg).toBe(1);
    expect(pod.frame(115_000)).toBeNull();
  });

  it('falls silent when every sensor does, and goes on where it was', () => {
    const pod = make();
    pod.heart(heart, 0);
    expect(frameOf(pod, 1_000).seq).toBe(0);
    expect(pod.frame(60_000)).toBeNull();
    pod.heart(heart, 61_000);
    expect(frameOf(pod, 61_000)).toMatchObject({ seq: 1, sid: SID });
  });

  it('takes a new id, counts anew, and forgets nothing', () => {
    const pod = make();
    pod.heart(heart, 0);
    frameOf(pod, 0);
    pod.rotate('00000000000000b2');
    expect(frameOf(pod, 1_000)).toMatchObject({ sid: '00000000000000b2', seq: 0, hrBpm: 60 });
  });

  it('carries consent as it was last given', () => {
    const pod = make();
    pod.heart(heart, 0);
    pod.setConsent({ ...CONSENT, live: false });
    expect(frameOf(pod, 0).consent.live).toBe(false);
  });

  it('tells no stage from an electrode that is off, and keeps the one before while it ages', () => {
    const pod = make();
    for (let second = 0; second < 300; second += 1) pod.eeg(eeg(), second * 1_000);
    const before = frameOf(pod, 299_000);
    pod.eeg(eeg([0.1, 0.1, 0.1, 0.1, 0.6], 0.1), 300_000);
    expect(frameOf(pod, 300_000)).toMatchObject({ pStage: before.pStage, stageAgeS: 1 });
    expect(frameOf(pod, 300_000).q.eeg).toBeLessThan(0.3);
  });
});

describe('stages from elsewhere', () => {
  it('take the place of its own, and may be unknown', () => {
    const pod = make();
    pod.eeg(eeg(), 0);
    pod.stage({ pStage: [0, 0, 0, 0, 1], arousal: 1 }, 0);
    expect(frameOf(pod, 0)).toMatchObject({ pStage: [0, 0, 0, 0, 1], arousal: 1, bands: DEEP });
    pod.stage(null, 1_000);
    expect(frameOf(pod, 1_000)).toMatchObject({ pStage: null, stageAgeS: null, arousal: null });
  });
  it('count without an electrode at all', () => {
    const pod = make();
    pod.stage({ pStage: [0, 0, 1, 0, 0], arousal: 0 }, 0);
    expect(frameOf(pod, 0)).toMatchObject({ pStage: [0, 0, 1, 0, 0], bands: null, q: { eeg: 1 } });
  });
});

describe('arousals', () => {
  it('are unknown without rhythms, and told with them', () => {
    const pod = make();
    for (let second = 0; second < 600; second += 1) pod.eeg(eeg(), second * 1_000);
    expect(frameOf(pod, 599_000).arousal).toBeNull();
    for (let second = 600; second < 640; second += 1) pod.rhythm({ value: second < 630 ? DEEP : [0.5, 0.15, 0.2, 0.05, 0.1], quality: 1 }, second * 1_000);
    expect(frameOf(pod, 639_000).arousal).toBe(1);
  });
});

const anything = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1, 1e308, -1), fc.double({ min: 0, max: 1 }));
const maybe = fc.option(anything);
const five = fc.tuple(anything, anything, anything, anything, anything);
const acts = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 40_000 }),
    act: fc.oneof(
      fc.record({ bands: five, spindles: maybe, slow: maybe, gamma: maybe, quality: anything }).map(({ bands, spindles, slow, gamma, quality }) => (pod: PodMaker, at: number) => pod.eeg({ value: { bands, spindlePerMin: spindles, soPerMin: slow, gamma }, quality }, at)),
      fc.tuple(five, anything).map(([bands, quality]) => (pod: PodMaker, at: number) => pod.rhythm({ value: bands, quality }, at)),
      fc.option(five).map((pStage) => (pod: PodMaker, at: number) => pod.stage(pStage === null ? null : { pStage, arousal: 0 }, at)),
      fc.tuple(anything, maybe, anything).map(([hrBpm, rmssdMs, quality]) => (pod: PodMaker, at: number) => pod.heart({ value: { hrBpm, rmssdMs }, quality }, at)),
      fc.tuple(anything, maybe, anything).map(([respHz, respPhase, quality]) => (pod: PodMaker, at: number) => pod.breath({ value: { respHz, respPhase }, quality }, at)),
      fc.tuple(anything, anything).map(([value, quality]) => (pod: PodMaker, at: number) => pod.motion({ value, quality }, at)),
      anything.map((value) => (pod: PodMaker, at: number) => pod.temperature(value, at)),
    ),
  }),
  { maxLength: 60 },
);

describe('any readings', () => {
  it('make frames that fit, whose numbers go up', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const pod = make();
        let at = 0;
        let seq = 0;
        for (const { after, act } of all) {
          at += after;
          act(pod, at);
          const frame = pod.frame(at);
          if (frame === null) continue;
          podFrameSchema.parse(frame);
          expect(frame.seq).toBe(seq);
          seq += 1;
        }
      }),
    );
  });
});
