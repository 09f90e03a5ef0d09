import { exp, exp2 } from '../math/elementary.ts';
import { gainOfDecibels } from '../math/decibels.ts';
import { QUANTUM as GRID_QUANTUM, ROOM_SEGMENT } from './grid.ts';
import { phaseAfter, phaseOfTurns, stepOfFrequency, tableAt } from './phase.ts';
import { smooth } from './voice.ts';
import { SAMPLE_RATE } from '../units.ts';

/** The room of a score, each 0..1: `size` from chamber to cathedral, `decay` 1.2 to 7.5 s, `damping` bright to dark. */
export interface RoomShape {
  readonly size: number;
  readonly decay: number;
  readonly damping: number;
}

// Kept here, since imported bindings may cost a look-up in each turn of the inner loops.
const QUANTUM = GRID_QUANTUM;
const LINES = 8;
const LINE_SIZE = 8_192;
const LINE_MASK = LINE_SIZE - 1;
/** Delays at full size, in frames: primes, spread evenly on a logarithmic scale (27 to 100 ms). */
const DELAYS = [1_307, 1_579, 1_907, 2_303, 2_777, 3_347, 4_021, 4_801] as const;
/** Input diffusers, two a side, in frames; longer than a quantum so that a block can be made at once. */
const DIFFUSERS = [[229, 397], [263, 431]] as const;
const DIFFUSER_SIZE = 512;
const DIFFUSION = 0.6;
const WANDER_FRAMES = 9;
const HADAMARD = 0.353_553_390_593_273_8;

interface Design {
  readonly delays: readonly number[];
  readonly gains: readonly number[];
  readonly keep: number;
  readonly ring: number;
  readonly wanderSteps: readonly number[];
}

const designOf = (shape: RoomShape): Design => {
  const scale = 0.4 + 0.6 * shape.size;
  const seconds = 1.2 * exp2(2.644 * shape.decay);
  const delays = DELAYS.map((delay) => Math.floor(delay * scale));
  return {
    delays,
    // A line loses 60 dB in `seconds` (Jot 1991): -60 x delay / seconds.
    gains: delays.map((delay) => gainOfDecibels((-60 * delay) / (seconds * SAMPLE_RATE))),
    // One-pole damping with its corner from 7 kHz down to 900 Hz: keep = e^(-2 pi f / fs).
    keep: exp((-6.283_185_307_179_586 * 7_000 * exp2(-2.96 * shape.damping)) / SAMPLE_RATE),
    ring: Math.min(ROOM_SEGMENT, Math.ceil((1.35 * seconds * SAMPLE_RATE) / QUANTUM) * QUANTUM),
    wanderSteps: delays.map((_, k) => stepOfFrequency(0.09 + 0.037 * k)),
  };
};

/** One network of delays at rest. It hears one segment and rings into the next. */
interface Network {
  segment: number;
  alive: boolean;
  readonly lines: Float64Array;
  readonly damped: Float64Array;
  readonly diffusers: Float64Array;
}

const makeNetwork = (): Network => ({
  segment: -1, alive: false,
  lines: new Float64Array(LINES * LINE_SIZE), damped: new Float64Array(LINES), diffusers: new Float64Array(4 * DIFFUSER_SIZE),
});

const clear = (network: Network): void => {
  if (!network.alive) return;
  network.alive = false;
  network.lines.fill(0);
  network.damped.fill(0);
  network.diffusers.fill(0);
};

/** Schroeder's all-pass over one quantum, in place. */
const diffuse = (signal: Float64Array, memory: Float64Array, base: number, delay: number, frame: number): void => {
  for (let i = 0; i < QUANTUM; i += 1) {
    const at = (frame + i) & (DIFFUSER_SIZE - 1);
    const past = memory[base + ((at - delay) & (DIFFUSER_SIZE - 1))] as number;
    const held = (signal[i] as number) + DIFFUSION * past;
    memory[base + at] = held;
    signal[i] = past - DIFFUSION * held;
  }
};

/** A room for one layer. */
export interface Room {
  /**
   * Adds the room's answer to one quantum of input to `left` and `right`. `frame` is the absolute frame
   * of the quantum's start; quanta come in order.
   */
  process(inLeft: Float64Array, inRight: Float64Array, left: Float64Array, right: Float64Array, frame: number): void;
  /** Forgets all that rings. */
  reset(): void;
}

/**
 * A feedback delay network (Jot 1991): eight lines, a Hadamard matrix, damping, slow wander of the
 * delays against metallic ringing. Its memory is finite: each segment of the input (aligned to frame 0)
 * rings in a network of its own, which fades to exact zero in the next segment. Both networks follow
 * the same wander, a function of the frame, so by superposition their sum is the one long network
 * that never ends, but for the end of the tail below -60 dB.
 */
export const makeRoom = (shape: RoomShape, sine: Float32Array): Room => {
  const design = designOf(shape);
  const networks = [makeNetwork(), makeNetwork()] as const;
  const taps = new Float64Array(LINES * QUANTUM);
  const sides = [new Float64Array(QUANTUM), new Float64Array(QUANTUM)] as const;
  const silence = new Float64Array(QUANTUM);
  const wander0 = new Float64Array(LINES);
  const wander1 = new Float64Array(LINES);

  const wanderAt = (line: number, frame: number): number =>
    WANDER_FRAMES * tableAt(sine, phaseAfter(phaseOfTurns(line * 0.3819), design.wanderSteps[line] as number, frame));

  const readLines = (network: Network, frame: number): void => {
    const keep = design.keep;
    for (let line = 0; line < LINES; line += 1) {
      const base = line * LINE_SIZE;
      const gain = (design.gains[line] as number) * (1 - keep);
      const { lines } = network;
      const slope = 1 - ((wander1[line] as number) - (wander0[line] as number)) / QUANTUM;
      let held = network.damped[line] as number;
      let at = (frame & LINE_MASK) + LINE_SIZE - (design.delays[line] as number) - WANDER_FRAMES - (wander0[line] as number);
      const out = line * QUANTUM;
      for (let i = 0; i < QUANTUM; i += 1) {
        const index = at | 0;
        const here = lines[base + (index & LINE_MASK)] as number;
        const next = lines[base + ((index + 1) & LINE_MASK)] as number;
        held = gain * (here + (next - here) * (at - index)) + keep * held;
        taps[out + i] = held;
        at += slope;
      }
      network.damped[line] = held;
    }
  };

  const writeLines = (network: Network, frame: number): void => {
    const [inLeft, inRight] = sides;
    const { lines } = network;
    for (let i = 0; i < QUANTUM; i += 1) {
      const a0 = taps[i] as number, a1 = taps[QUANTUM + i] as number, a2 = taps[2 * QUANTUM + i] as number, a3 = taps[3 * QUANTUM + i] as number;
      const a4 = taps[4 * QUANTUM + i] as number, a5 = taps[5 * QUANTUM + i] as number, a6 = taps[6 * QUANTUM + i] as number, a7 = taps[7 * QUANTUM + i] as number;
      const b0 = a0 + a1, b1 = a0 - a1, b2 = a2 + a3, b3 = a2 - a3, b4 = a4 + a5, b5 = a4 - a5, b6 = a6 + a7, b7 = a6 - a7;
      const c0 = b0 + b2, c1 = b1 + b3, c2 = b0 - b2, c3 = b1 - b3, c4 = b4 + b6, c5 = b5 + b7, c6 = b4 - b6, c7 = b5 - b7;
      const l = inLeft[i] as number;
      const r = inRight[i] as number;
      const at = (frame + i) & LINE_MASK;
      lines[at] = (c0 + c4) * HADAMARD + l;
      lines[LINE_SIZE + at] = (c1 + c5) * HADAMARD + r;
      lines[2 * LINE_SIZE + at] = (c2 + c6) * HADAMARD - l;
      lines[3 * LINE_SIZE + at] = (c3 + c7) * HADAMARD - r;
      lines[4 * LINE_SIZE + at] = (c0 - c4) * HADAMARD + l;
      lines[5 * LINE_SIZE + at] = (c1 - c5) * HADAMARD + r;
      lines[6 * LINE_SIZE + at] = (c2 - c6) * HADAMARD + l;
      lines[7 * LINE_SIZE + at] = (c3 - c7) * HADAMARD + r;
    }
  };

  const addTaps = (left: Float64Array, right: Float64Array, gain0: number, gain1: number): void => {
    const slope = (gain1 - gain0) / QUANTUM;
    for (let i = 0; i < QUANTUM; i += 1) {
      const gain = 0.5 * (gain0 + slope * i);
      left[i] = (left[i] as number) + gain * ((taps[i] as number) - (taps[2 * QUANTUM + i] as number) + (taps[4 * QUANTUM + i] as number) - (taps[6 * QUANTUM + i] as number));
      right[i] = (right[i] as number) + gain * ((taps[QUANTUM + i] as number) - (taps[3 * QUANTUM + i] as number) + (taps[5 * QUANTUM + i] as number) - (taps[7 * QUANTUM + i] as number));
    }
  };

  const run = (network: Network, inLeft: Float64Array, inRight: Float64Array, left: Float64Array, right: Float64Array, frame: number, gain0: number, gain1: number): void => {
    readLines(network, frame);
    sides[0].set(inLeft);
    sides[1].set(inRight);
    for (let side = 0; side < 2; side += 1) {
      const signal = sides[side] as Float64Array;
      const [first, second] = DIFFUSERS[side] as (typeof DIFFUSERS)[number];
      diffuse(signal, network.diffusers, 2 * side * DIFFUSER_SIZE, first, frame);
      diffuse(signal, network.diffusers, (2 * side + 1) * DIFFUSER_SIZE, second, frame);
    }
    writeLines(network, frame);
    addTaps(left, right, gain0, gain1);
  };

  /** Share of the last network that is still heard so many frames into the segment after it. */
  const tailAt = (since: number): number => 1 - smooth((since - 0.75 * design.ring) / (0.25 * design.ring));

  return {
    process: (inLeft, inRight, left, right, frame) => {
      const segment = Math.floor(frame / ROOM_SEGMENT);
      const since = frame - segment * ROOM_SEGMENT;
      const now = networks[segment % 2 === 0 ? 0 : 1] as Network;
      const before = networks[segment % 2 === 0 ? 1 : 0] as Network;
      if (now.segment !== segment) {
        clear(now);
        now.segment = segment;
      }
      if (before.segment !== segment - 1 || since >= design.ring) clear(before);
      if (!now.alive) now.alive = inLeft.some((x) => x !== 0) || inRight.some((x) => x !== 0);
      if (!now.alive && !before.alive) return;
      for (let line = 0; line < LINES; line += 1) {
        wander0[line] = wanderAt(line, frame);
        wander1[line] = wanderAt(line, frame + QUANTUM);
      }
      if (before.alive) run(before, silence, silence, left, right, frame, tailAt(since), tailAt(since + QUANTUM));
      if (now.alive) run(now, inLeft, inRight, left, right, frame, 1, 1);
    },
    reset: () => networks.forEach(clear),
  };
};
