import { z } from 'zod';
import { momentOfFive, sensedNumber } from '../../../../core/signal/sensing/bands.ts';
import { createElectrodeSet } from '../band-set.ts';
import type { Layout, LayoutReader } from '../layout.ts';
import type { OscMessage } from '../packet.ts';
import type { Senses } from '../senses.ts';

const BANDS = 5;
/** Samples of an axis that wait for the other axes. */
const MOST_WAITING = 512;
const ADDRESS = /^\/openbci\/(average-band-power\/[0-4]|band-power\/\d{1,2}|pulse\/(?:bpm|ibi)|accelerometer\/[xyz]|time-series-(?:raw|filtered)\/.{1,40}|fft\/.{1,40}|emg\/.{1,20}|analog\/.{1,20}|digital\/.{1,20}|focus|marker|emg-joystick\/[xy])$/;

const whatOf = (address: string): string | null => ADDRESS.exec(address)?.[1] ?? null;

/** All samples of x come first, then those of y, then those of z: they are put together again in their order. */
const createAxes = (senses: Senses) => {
  const waiting: readonly [number[], number[], number[]] = [[], [], []];
  return (axis: 0 | 1 | 2, value: number, at: number): void => {
    if (waiting[axis].length >= MOST_WAITING) for (const samples of waiting) samples.length = 0;
    waiting[axis].push(value);
    const [xs, ys, zs] = waiting;
    while (xs.length > 0 && ys.length > 0 && zs.length > 0) senses.acceleration([xs.shift() ?? 0, ys.shift() ?? 0, zs.shift() ?? 0], at);
  };
};

const AXIS: Readonly<Record<string, 0 | 1 | 2>> = { 'accelerometer/x': 0, 'accelerometer/y': 1, 'accelerometer/z': 2 };

const reader = (senses: Senses): LayoutReader => {
  const electrodes = createElectrodeSet(senses.bands);
  const axes = createAxes(senses);
  let average: (number | null)[] = [];
  let electrodesAt = -Infinity;
  return {
    hear: ({ address, values }, at) => {
      const what = whatOf(address);
      if (what === null) return false;
      const [kind, index = ''] = what.split('/');
      if (kind === 'average-band-power') {
        // The GUI adds a value to one message and never clears it: message i carries i + 1 values, of which the last is its own.
        average[Number(index)] = sensedNumber(values.at(-1));
        if (Number(index) !== BANDS - 1) return true;
        const moment = momentOfFive(average);
        average = [];
        // Each electrode for itself is better than all in one; where both are sent, one is enough.
        if (moment !== null && at - electrodesAt > 2_000) senses.bands(moment, 1, at);
      } else if (kind === 'band-power') {
        electrodesAt = at;
        electrodes.hear(index, momentOfFive(values.slice(0, BANDS).map(sensedNumber)), at);
      } else if (what === 'pulse/bpm') {
        const bpm = sensedNumber(values[0]);
        if (bpm !== null) senses.heart(bpm, at);
      } else {
        const axis = AXIS[what];
        const value = sensedNumber(values[0]);
        if (axis !== undefined && value !== null) axes(axis, value, at);
      }
      return true;
    },
  };
};

const numbers = z.array(z.number().nullable().catch(null)).max(64);
const lineSchema = z.union([
  z.object({ type: z.literal('averageBandPower'), data: numbers }),
  z.object({ type: z.literal('bandPower'), data: z.array(numbers).max(64) }),
  z.object({ type: z.literal('pulse'), data: numbers }),
  z.object({ type: z.string().max(40), data: z.unknown() }).transform(() => ({ type: 'other' as const, data: [] as number[] })),
]);

const messagesOf = (line: string): OscMessage[] | null => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) return null;
  const { type, data } = parsed.data;
  if (type === 'averageBandPower') return data.slice(0, BANDS).map((value, i) => ({ address: `/openbci/average-band-power/${i}`, values: [value] }));
  if (type === 'bandPower') return data.map((values, i) => ({ address: `/openbci/band-power/${i}`, values }));
  return type === 'pulse' ? [{ address: '/openbci/pulse/bpm', values: data.slice(0, 1) }] : [];
};

/** The GUI's other form, JSON a line, said as OSC. Null where a line is none of it. */
export const openBciLines = (text: string): OscMessage[] | null => {
  const messages: OscMessage[] = [];
  for (const line of text.split('\r\n').filter((one) => one.trim() !== '')) {
    const told = messagesOf(line);
    if (told === null) return null;
    messages.push(...told);
  }
  return messages;
};

/** OpenBCI GUI, OSC or UDP. One sleeper for each machine: its streams come from different ports. */
export const openBci: Layout = {
  usualPort: 12_345,
  byPort: false,
  sleeper: (address) => (whatOf(address) === null ? null : ''),
  alternative: openBciLines,
  createReader: reader,
  check: 'the data stream runs in the OpenBCI GUI, and that its Networking widget sends band power to this machine and port',
};
