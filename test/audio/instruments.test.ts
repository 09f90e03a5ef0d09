import { describe, expect, it } from 'vitest';
import { createMix } from '../../core/dsp/mix.ts';
import { INSTRUMENTS, type InstrumentKind, type LayerMessage } from '../../core/dsp/types.ts';
import { createLoudnessMeter, type Loudness } from '../../export/loudness.ts';
import { clicks, inOrder, note, renderLayer, soundOf, type Stereo } from '../core/dsp/support.ts';

const SECOND = 48_000;

/** What a sleeping scene asks of each instrument: a ground, four-part chords, a slow line, now and then a bell. */
const sleeping: Record<InstrumentKind, LayerMessage[]> = {
  drone: [...note(1, 0, 26 * SECOND, 38, 0.5), ...note(2, 5 * SECOND, 20 * SECOND, 45, 0.4)],
  pad: [50, 57, 62, 65].flatMap((pitch, i) => [...note(i, 9_000 * i, 11 * SECOND, pitch, 0.5), ...note(9 + i, 12 * SECOND + 9_000 * i, 25 * SECOND, pitch - 2, 0.5)]),
  reed: [74, 72, 69, 67, 65].flatMap((pitch, i) => note(i, (4 * i + 2) * SECOND, (4 * i + 5) * SECOND + 9_000, pitch, 0.5)),
  bell: [69, 74, 62, 81].flatMap((pitch, i) => note(i, (6 * i + 1) * SECOND + 77, (6 * i + 2) * SECOND, pitch, 0.5)),
};

const rendered = new Map<InstrumentKind, Stereo>();
const layerOf = (kind: InstrumentKind): Stereo => {
  const known = rendered.get(kind) ?? renderLayer(soundOf(kind), inOrder(sleeping[kind]), 21 * SECOND, { blocks: [48_000] });
  rendered.set(kind, known);
  return known;
};

const loudnessOf = ({ left, right }: Stereo): Loudness => {
  const meter = createLoudnessMeter();
  meter.add(left, right, left.length);
  return meter.result();
};

const mixOf = (layers: readonly Stereo[]): Stereo => {
  const left = new Float32Array(layers[0]?.left.length ?? 0);
  const right = new Float32Array(left.length);
  createMix(layers.length, -3, 0).process(layers.map((l) => l.left), layers.map((l) => l.right), left, right, left.length);
  return { left, right };
};

describe.each(INSTRUMENTS)('%s', (kind) => {
  it('has no click, no DC and stays dark', () => {
    const { left, right } = layerOf(kind);
    expect(clicks(left)).toEqual([]);
    expect(clicks(right)).toEqual([]);
    expect(Math.abs(left.reduce((sum, x) => sum + x, 0) / left.length)).toBeLessThan(1e-5);
    // Root of the power-weighted mean of the squared frequency: an upper bound of the centroid.
    let power = 0;
    let change = 0;
    for (let i = 1; i < left.length; i += 1) {
      power += (left[i] ?? 0) ** 2;
      change += ((left[i] ?? 0) - (left[i - 1] ?? 0)) ** 2;
    }
    expect((Math.sqrt(change / power) * SECOND) / (2 * Math.PI)).toBeLessThan(1_200);
  });

  it('does not click when it is played past its polyphony, silenced, and moved by every control', () => {
    const notes = Array.from({ length: 40 }, (_, i) => note(i, 2_000 + 1_500 * i, 200_000, 50 + (i % 20), 0.5)).flat();
    const moves = Array.from({ length: 40 }, (_, i): LayerMessage => ({ kind: 'control', frame: 2_400 * i, parameter: ['level', 'brightness', 'motion', 'room'][i % 4] ?? '', value: (i * 7) % 11 / 11 }));
    const { left } = renderLayer(soundOf(kind), inOrder([...notes, ...moves, { kind: 'silence', frame: 100_000 }]), 130_000);
    expect(clicks(left, 12, 2e-6)).toEqual([]);
    expect(left.slice(104_900, 107_000).every((x) => x === 0)).toBe(true);
    expect(left.slice(108_000).every((x) => Math.abs(x) < 1e-9)).toBe(true);
    expect(Math.max(...left)).toBeGreaterThan(1e-3);
  });

  it('is about as loud as the others', () => {
    expect(loudnessOf(layerOf(kind)).integrated).toBeGreaterThan(-40);
    expect(loudnessOf(layerOf(kind)).integrated).toBeLessThan(-32);
  });
});

it('the search for clicks finds a small step and a lost sample', () => {
  const { left } = layerOf('pad');
  const stepped = left.map((x, i) => (i < 300_000 ? x : x + 2e-3));
  expect(clicks(stepped)).toContain(300_000);
  const torn = left.map((x, i) => (i === 400_000 ? 0 : x));
  expect(clicks(torn).length).toBeGreaterThan(0);
});

describe('four layers together', () => {
  it('lie at -30 +-2 LUFS, and the limiter has nothing to do', () => {
    const { integrated, truePeak } = loudnessOf(mixOf(INSTRUMENTS.map(layerOf)));
    expect(Math.abs(integrated + 30)).toBeLessThan(2);
    expect(truePeak).toBeLessThan(-12);
  });

  it('stay under -3 dBTP when they are far too loud, without a click', () => {
    const loud = INSTRUMENTS.map(layerOf).map(({ left, right }) => ({ left: left.map((x) => 20 * x), right: right.map((x) => 20 * x) }));
    const mix = mixOf(loud);
    const { truePeak } = loudnessOf(mix);
    expect(truePeak).toBeLessThanOrEqual(-3);
    expect(truePeak).toBeGreaterThan(-5);
    expect(clicks(mix.left)).toEqual([]);
  });
});
