import { microsAt, type TempoMap } from '../time/tempo-map.ts';
import { tick, TICKS_PER_QUARTER, type Micros, type Tick } from '../units.ts';
import type { NoteEvent, ScoreEvent } from './event.ts';
import { compareEvents } from './order.ts';
import type { NoteOff, NoteOn, Performed } from './performed.ts';

/** A note that sounds, and where it ends. */
export interface Sounding {
  readonly on: NoteOn;
  readonly endTick: Tick;
}

/** All that an expander remembers between two calls: plain data, which JSON carries. */
export interface PerformerSnapshot {
  readonly waiting: readonly ScoreEvent[];
  readonly sounding: readonly Sounding[];
  readonly silenced: boolean;
  /** Notes begun so far: the number of the next. */
  readonly count: number;
}

/** The one expander: notes with lengths become note-ons and note-offs, in the order of time. */
export interface Performer {
  /**
   * Takes new events and gives everything that sounds before `until`; the rest waits for the next call.
   * @param tempo the map as decided so far; it must be written up to `until`
   * @param until exclusive; never earlier than in the call before
   */
  readonly perform: (events: readonly ScoreEvent[], tempo: TempoMap, until: Micros) => Performed[];
  /** Ends every note that sounds, at a moment no earlier than the last `until`, and forgets what waits. */
  readonly finish: (tempo: TempoMap, at: Micros, atTick: Tick) => NoteOff[];
  /** Notes that sound now. */
  readonly sounding: () => readonly NoteOn[];
  readonly snapshot: () => PerformerSnapshot;
}

/** How long notes of the old scene still sound in the new one: a beat, in which the voices hand over. */
const SCENE_OVERLAP = TICKS_PER_QUARTER;

/** Cues after which nothing sounds until the cue `resume`. */
const SILENCING: ReadonlySet<string> = new Set(['panic', 'stopped']);

/**
 * Makes an expander. A key struck again on the same layer ends its older note first; a new scene ends
 * the notes of the old one within a beat, since its harmony is another; a panic or a
 * finished gentle stop ends all notes and drops onsets until the cue `resume`; no note-off is ever lost.
 * @param from what another expander remembered: this one goes on as that one would have
 */
export const createPerformer = (from?: PerformerSnapshot): Performer => {
  let waiting: readonly ScoreEvent[] = from?.waiting ?? [];
  let sounding: readonly Sounding[] = from?.sounding ?? [];
  let silenced = from?.silenced ?? false;
  let count = from?.count ?? 0;

  const offAt = ({ on }: Sounding, t: Micros, at: Tick): NoteOff => ({ kind: 'off', t, tick: at, layer: on.layer, note: on.note, pitch: on.pitch });

  /** The sounding note that ends first. */
  const firstToEnd = (): Sounding | undefined =>
    sounding.reduce<Sounding | undefined>((first, candidate) => (first === undefined || candidate.endTick < first.endTick ? candidate : first), undefined);

  const endWhere = (ends: (candidate: Sounding) => boolean, t: Micros, at: Tick, out: Performed[]): void => {
    for (const candidate of sounding) if (ends(candidate)) out.push(offAt(candidate, t, at));
    sounding = sounding.filter((candidate) => !ends(candidate));
  };

  const endDue = (before: Micros, tempo: TempoMap, inclusive: boolean, out: Performed[]): void => {
    for (let first = firstToEnd(); first !== undefined; first = firstToEnd()) {
      const t = microsAt(tempo, first.endTick);
      if (inclusive ? t > before : t >= before) return;
      const ended = first;
      out.push(offAt(ended, t, ended.endTick));
      sounding = sounding.filter((candidate) => candidate !== ended);
    }
  };

  const strike = (event: NoteEvent, out: Performed[]): void => {
    if (silenced) return;
    endWhere(({ on }) => on.layer === event.layer && on.pitch === event.pitch, event.t, event.tick, out);
    const on: NoteOn = { kind: 'on', t: event.t, tick: event.tick, layer: event.layer, note: count, pitch: event.pitch, velocity: event.velocity };
    count += 1;
    sounding = [...sounding, { on, endTick: tick(event.tick + event.ticks) }];
    out.push(on);
  };

  const handOver = (at: Tick): void => {
    const latest = tick(at + SCENE_OVERLAP);
    sounding = sounding.map((candidate) => (candidate.endTick <= latest ? candidate : { ...candidate, endTick: latest }));
  };

  const perform: Performer['perform'] = (events, tempo, until) => {
    if (events.length > 0) waiting = [...waiting, ...events].sort(compareEvents);
    const out: Performed[] = [];
    let taken = 0;
    for (let event = waiting[0]; event !== undefined && event.t < until; event = waiting[taken]) {
      taken += 1;
      endDue(event.t, tempo, true, out);
      if (event.kind === 'note') {
        strike(event, out);
        continue;
      }
      if (event.kind === 'cue' && SILENCING.has(event.cue)) {
        endWhere(() => true, event.t, event.tick, out);
        silenced = true;
      }
      if (event.kind === 'cue' && event.cue === 'resume') silenced = false;
      if (event.kind === 'scene') handOver(event.tick);
      out.push(event);
    }
    waiting = waiting.slice(taken);
    endDue(until, tempo, false, out);
    return out;
  };

  const finish: Performer['finish'] = (tempo, at, atTick) => {
    const out: NoteOff[] = [];
    for (const candidate of sounding) {
      const due = microsAt(tempo, candidate.endTick) <= at;
      out.push(offAt(candidate, due ? microsAt(tempo, candidate.endTick) : at, due ? candidate.endTick : atTick));
    }
    waiting = [];
    sounding = [];
    return out.sort((a, b) => a.t - b.t || a.note - b.note);
  };

  return { perform, finish, sounding: () => sounding.map(({ on }) => on), snapshot: () => ({ waiting, sounding, silenced, count }) };
};
