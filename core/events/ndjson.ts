import type { Cause, ScoreEvent } from './event.ts';

/** The fields of one kind of event, in the order that files keep; `undefined` ones are left out by JSON. */
const fields = (event: ScoreEvent): Record<string, number | string | undefined> => {
  switch (event.kind) {
    case 'note':
      return { pitch: event.pitch, velocity: event.velocity, ticks: event.ticks };
    case 'control':
      return { parameter: event.parameter, value: event.value };
    case 'tempo':
      return { microsPerQuarter: event.microsPerQuarter };
    case 'scene':
      return { scene: event.scene, name: event.name };
    case 'cue':
      return { cue: event.cue, text: event.text };
  }
};

/** Signals by name, so that equal causes are equal text however they were put together. */
const causeFields = (cause: Cause): Record<string, unknown> => {
  if (cause.signals === undefined) return { rule: cause.rule };
  const signals = Object.fromEntries(Object.entries(cause.signals).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return { rule: cause.rule, signals };
};

/**
 * One event as one line of `events.ndjson`, without the line's end:
 * `{"t": micros, "tick": int, "kind": "note", "layer": id, ..., "cause": {"rule": ..., "signals": {...}}}`.
 * Keys stand in a fixed order, so that equal events are equal bytes.
 */
export const eventLine = (event: ScoreEvent): string =>
  JSON.stringify({ t: event.t, tick: event.tick, kind: event.kind, layer: event.layer, ...fields(event), cause: causeFields(event.cause) });
