import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerSound, soundMessage, tuningSemitones } from '../../../core/events/sound-messages.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';
import { firstLight } from '../../support/score.ts';
import { layer } from '../../support/small-score.ts';

const at = (t: number) => ({ t: micros(t), tick: tick(0), layer: 'pad' });

describe('messages to a layer', () => {
  it('fall on the exact frame of their time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 * 3_600_000_000 }), (t) => {
        const message = soundMessage({ ...at(t), kind: 'off', note: 3, pitch: midiNote(60) }, 0);
        expect(message).toEqual({ kind: 'off', frame: Number((BigInt(t) * 48n) / 1_000n), note: 3 });
      }),
      { numRuns: 1_000 },
    );
  });

  it('carry pitch with the tuning, velocity and value as shares', () => {
    expect(soundMessage({ ...at(1_000_000), kind: 'on', note: 7, pitch: midiNote(69), velocity: 127 }, -0.25)).toEqual({ kind: 'on', frame: 48_000, note: 7, pitch: 68.75, velocity: 1 });
    expect(soundMessage({ ...at(50_000), kind: 'control', parameter: 'room', value: 16_383, cause: { rule: 'r' } }, 0)).toEqual({ kind: 'control', frame: 2_400, parameter: 'room', value: 1 });
  });

  it('leave to others what is no matter of a layer', () => {
    expect(soundMessage({ ...at(0), kind: 'cue', cue: 'panic', cause: { rule: 'r' } }, 0)).toBeNull();
    expect(soundMessage({ ...at(0), kind: 'tempo', microsPerQuarter: 1, cause: { rule: 'r' } }, 0)).toBeNull();
    expect(soundMessage({ ...at(0), kind: 'scene', scene: 'a', name: 'A', cause: { rule: 'r' } }, 0)).toBeNull();
  });

  it('tune by the frequency of A4', () => {
    expect(tuningSemitones(440)).toBeCloseTo(0, 12);
    expect(tuningSemitones(432)).toBeCloseTo(-0.3177, 4);
    expect(tuningSemitones(440 * 2 ** (1 / 12))).toBeCloseTo(1, 9);
  });

  it("a layer's sound is what the score says, with noise of its own", () => {
    const score = firstLight();
    const sounds = score.layers.map((each) => layerSound(each, score.seed));
    sounds.forEach((sound, index) => {
      const each = score.layers[index] ?? layer('none');
      expect(sound).toMatchObject({ instrument: each.instrument, gainDb: each.gainDb, pan: each.pan, parameters: { level: each.parameters.level, room: each.parameters.room } });
    });
    expect(new Set(sounds.map(({ seed }) => seed)).size).toBe(sounds.length);
    expect(layerSound(score.layers[0] ?? layer('none'), 1).seed).not.toBe(sounds[0]?.seed);
  });
});
