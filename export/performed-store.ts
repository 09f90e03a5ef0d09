import { CONTROL_MAX, type ControlEvent } from '../core/events/event.ts';
import type { Performed } from '../core/events/performed.ts';
import { micros, midiNote, tick } from '../core/units.ts';

/** All that is performed, kept compactly for the MIDI file and the sound, which need it after composing. */
export interface PerformedStore {
  readonly add: (performed: readonly Performed[]) => void;
  /** In the order it was added. Causes of controls are not kept. */
  readonly all: () => Generator<Performed, void, undefined>;
  readonly length: () => number;
}

const COLUMNS = 6;
const FIRST_ROWS = 4096;
const KINDS = ['on', 'off', 'control', 'other'] as const;
const NO_CAUSE: ControlEvent['cause'] = { rule: '' };

/** Numbers for texts that come again and again. */
const createNames = (): { readonly idOf: (text: string) => number; readonly textOf: (id: number) => string } => {
  const ids = new Map<string, number>();
  const texts: string[] = [];
  return {
    idOf: (text) => {
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
    textOf: (id) => texts[id] ?? '',
  };
};

/**
 * A row of numbers for each note and control (48 bytes, where an object takes several times that); the
 * few tempo, scene and cue events are kept as they are.
 */
export const createPerformedStore = (): PerformedStore => {
  const names = createNames();
  const others: Performed[] = [];
  let table = new Float64Array(FIRST_ROWS * COLUMNS);
  let rows = 0;

  /** kind, t, tick, layer, then two values of its own. */
  const put = (kind: (typeof KINDS)[number], event: Performed, a: number, b: number): void => {
    if (table.length < (rows + 1) * COLUMNS) {
      const larger = new Float64Array(table.length * 2);
      larger.set(table);
      table = larger;
    }
    table.set([KINDS.indexOf(kind), event.t, event.tick, names.idOf(event.layer), a, b], rows * COLUMNS);
    rows += 1;
  };

  const row = (at: number): Performed | undefined => {
    const [kind = 0, time = 0, atTick = 0, layerId = 0, a = 0, b = 0] = table.subarray(at * COLUMNS, (at + 1) * COLUMNS);
    const base = { t: micros(time), tick: tick(atTick), layer: names.textOf(layerId) };
    switch (KINDS[kind]) {
      case 'on':
        return { kind: 'on', ...base, note: a, pitch: midiNote(Math.floor(b / 128)), velocity: b % 128 };
      case 'off':
        return { kind: 'off', ...base, note: a, pitch: midiNote(b) };
      case 'control':
        return { kind: 'control', ...base, parameter: names.textOf(a), value: b, cause: NO_CAUSE };
      default:
        return others[a];
    }
  };

  return {
    add: (performed) => {
      for (const event of performed) {
        if (event.kind === 'on') put('on', event, event.note, event.pitch * 128 + event.velocity);
        else if (event.kind === 'off') put('off', event, event.note, event.pitch);
        else if (event.kind === 'control') put('control', event, names.idOf(event.parameter), Math.min(CONTROL_MAX, event.value));
        else put('other', event, others.push(event) - 1, 0);
      }
    },
    all: function* () {
      for (let at = 0; at < rows; at += 1) {
        const event = row(at);
        if (event !== undefined) yield event;
      }
    },
    length: () => rows,
  };
};
