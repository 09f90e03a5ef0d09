import { describe, expect, it } from 'vitest';
import type { CueEvent, NoteEvent, SceneEvent } from '../../../core/events/event.ts';
import { createPerformer } from '../../../core/events/perform.ts';
import type { Performed } from '../../../core/events/performed.ts';
import { changeTempo, tempoMap } from '../../../core/time/tempo-map.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';

/** A tick lasts a millisecond here. */
const tempo = tempoMap(960_000);
const note = (at: number, ticks: number, pitch: number, layer = 'pad'): NoteEvent => ({ kind: 'note', t: micros(at * 1_000), tick: tick(at), layer, pitch: midiNote(pitch), velocity: 64, ticks, cause: { rule: 'r' } });
const cue = (at: number, name: string): CueEvent => ({ kind: 'cue', t: micros(at * 1_000), tick: tick(at), layer: 'score', cue: name, cause: { rule: 'a hand' } });
const told = (stream: readonly Performed[]): string[] =>
  stream.map((event) => `${event.t / 1_000} ${event.kind === 'on' || event.kind === 'off' ? `${event.kind} ${event.pitch} #${event.note}` : event.kind === 'cue' ? event.cue : event.kind}`);
const until = (at: number) => micros(at * 1_000);

describe('the expander', () => {
  it('gives each note its end, in the order of time, across calls', () => {
    const performer = createPerformer();
    expect(told(performer.perform([note(0, 100, 60), note(50, 10, 64)], tempo, until(55)))).toEqual(['0 on 60 #0', '50 on 64 #1']);
    expect(performer.sounding().map(({ pitch }) => pitch)).toEqual([60, 64]);
    expect(told(performer.perform([], tempo, until(60)))).toEqual([]);
    expect(told(performer.perform([], tempo, until(101)))).toEqual(['60 off 64 #1', '100 off 60 #0']);
    expect(performer.sounding()).toEqual([]);
  });

  it('ends a note that is over before a later one begins, within one call too', () => {
    expect(told(createPerformer().perform([note(0, 10, 60), note(50, 10, 62), cue(55, 'fade')], tempo, until(100)))).toEqual(['0 on 60 #0', '10 off 60 #0', '50 on 62 #1', '55 fade', '60 off 62 #1']);
  });

  it('keeps what lies at or beyond the border for later', () => {
    const performer = createPerformer();
    expect(told(performer.perform([note(100, 10, 60)], tempo, until(100)))).toEqual([]);
    expect(told(performer.perform([], tempo, until(100.001)))).toEqual(['100 on 60 #0']);
  });

  it('hands over within a beat when a new scene begins, and lets shorter notes be', () => {
    const scene: SceneEvent = { kind: 'scene', t: until(5_000), tick: tick(5_000), layer: 'score', scene: 'storm', name: 'Storm', cause: { rule: 'a hand' } };
    const stream = createPerformer().perform([note(0, 20_000, 60), note(4_000, 1_500, 64), scene, note(5_000, 9_000, 62)], tempo, until(30_000));
    expect(told(stream)).toEqual(['0 on 60 #0', '4000 on 64 #1', '5000 scene', '5000 on 62 #2', '5500 off 64 #1', '5960 off 60 #0', '14000 off 62 #2']);
  });

  it('ends the older note when its key is struck again, and only on its own layer', () => {
    const performer = createPerformer();
    const stream = performer.perform([note(0, 100, 60), note(40, 100, 60), note(60, 10, 60, 'bells')], tempo, until(300));
    expect(told(stream)).toEqual(['0 on 60 #0', '40 off 60 #0', '40 on 60 #1', '60 on 60 #2', '70 off 60 #2', '140 off 60 #1']);
  });

  it('ends a note before the next one on the same moment begins', () => {
    expect(told(createPerformer().perform([note(0, 50, 60), note(50, 50, 60), note(50, 50, 62)], tempo, until(300)))).toEqual(['0 on 60 #0', '50 off 60 #0', '50 on 60 #1', '50 on 62 #2', '100 off 60 #1', '100 off 62 #2']);
  });

  it('follows the tempo that was written after a note began', () => {
    const performer = createPerformer();
    performer.perform([note(0, 100, 60)], tempo, until(10));
    const slower = changeTempo(tempo, tick(50), 1_920_000);
    expect(told(performer.perform([], slower, until(200)))).toEqual(['150 off 60 #0']);
  });

  it.each(['panic', 'stopped'])('%s ends all at once and drops onsets until resume', (name) => {
    const performer = createPerformer();
    const stream = performer.perform([note(0, 500, 60), note(10, 500, 67), cue(100, name), note(100, 10, 72), note(150, 10, 74), cue(200, 'resume'), note(200, 10, 76)], tempo, until(1_000));
    expect(told(stream)).toEqual(['0 on 60 #0', '10 on 67 #1', '100 off 60 #0', '100 off 67 #1', `100 ${name}`, '200 resume', '200 on 76 #2', '210 off 76 #2']);
  });

  it('a fade is heard and ends nothing', () => {
    expect(told(createPerformer().perform([note(0, 50, 60), cue(10, 'fade'), note(20, 10, 62)], tempo, until(100)))).toEqual(['0 on 60 #0', '10 fade', '20 on 62 #1', '30 off 62 #1', '50 off 60 #0']);
  });

  it('finish ends what sounds: what was due at its own time, the rest now; and forgets what waits', () => {
    const performer = createPerformer();
    performer.perform([note(0, 100, 60), note(0, 60, 64), note(80, 10, 72)], tempo, until(50));
    expect(told(performer.finish(tempo, until(70), tick(70)))).toEqual(['60 off 64 #1', '70 off 60 #0']);
    expect(told(performer.perform([], tempo, until(1_000)))).toEqual([]);
  });

  it('goes on from a snapshot that went through JSON as if nothing had been', () => {
    const events = [note(0, 100, 60), note(20, 30, 64, 'bells'), note(40, 10, 67), cue(60, 'panic'), note(65, 10, 69), cue(80, 'resume'), note(90, 20, 60), note(95, 20, 60)];
    for (let cut = 0; cut <= 120; cut += 5) {
      const whole = createPerformer();
      whole.perform(events.slice(0, 6), tempo, until(cut));
      const restored = createPerformer(JSON.parse(JSON.stringify(whole.snapshot())));
      expect(restored.sounding()).toEqual(whole.sounding());
      const later = events.slice(6).filter(({ t }) => t >= until(cut));
      expect(told(restored.perform(later, tempo, until(200)))).toEqual(told(whole.perform(later, tempo, until(200))));
      expect(restored.snapshot()).toEqual(whole.snapshot());
    }
  });

  it('a snapshot stays as it was while the expander goes on', () => {
    const performer = createPerformer();
    performer.perform([note(0, 100, 60), note(50, 10, 62)], tempo, until(10));
    const snapshot = performer.snapshot();
    const before = JSON.stringify(snapshot);
    performer.perform([note(20, 10, 64)], tempo, until(200));
    expect(JSON.stringify(snapshot)).toBe(before);
  });
});
