import { hash32 } from '../../core/random/keyed.ts';

/** Whole numbers by chance from a key: `below(n)` is 0 to n - 1. */
export interface Chance {
  below(n: number): number;
  bytes(count: number): Uint8Array;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** One door to the outside, and how broken input for it is made. */
export interface Fuzzer {
  readonly name: string;
  /** One malformed input. Mostly a sound one that was damaged: pure noise never gets past the first byte. */
  make(chance: Chance): unknown;
  /** Hands it in. Must not throw, except for what it documents (which it catches itself). May be a promise. */
  feed(input: unknown): void | Promise<void>;
  /** Once at the end: what must hold after all of it. Throws where it does not. */
  check?(): void | Promise<void>;
}

export const chanceOf = (...key: readonly (string | number)[]): Chance => {
  let index = 0;
  const below = (n: number): number => {
    index += 1;
    return Math.floor((hash32(...key, index) / 4_294_967_296) * n);
  };
  return { below, bytes: (count) => Uint8Array.from({ length: count }, () => below(256)), pick: (from) => from[below(from.length)] ?? from[0] };
};

/** Damages bytes in one to four places: flipped, cut, doubled, filled with noise, or grown. */
export const damaged = (bytes: Uint8Array, chance: Chance): Uint8Array => {
  let result = Uint8Array.from(bytes);
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const at = chance.below(Math.max(1, result.length));
    const length = 1 + chance.below(16);
    switch (chance.below(5)) {
      case 0:
        if (result.length > 0) result[at] = (result[at] ?? 0) ^ (1 << chance.below(8));
        break;
      case 1:
        result = result.slice(0, at);
        break;
      case 2:
        result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(at, at + length), ...result.subarray(at)]);
        break;
      case 3:
        result.set(chance.bytes(Math.min(length, result.length - at)), Math.min(at, result.length));
        break;
      default:
        result = Uint8Array.from([...result.subarray(0, at), ...chance.bytes(length), ...result.subarray(at)]);
    }
  }
  return result;
};

/** What one fuzzer did, for people. */
export interface FuzzResult {
  readonly cases: number;
  readonly seconds: number;
  /** The slowest single input, milliseconds. */
  readonly slowest: number;
  /** Growth of the heap from the first tenth to the end, MB, after collection. */
  readonly grown: number;
}

const SLOWEST_MS = 2_000;
const GROWN_MB = 32;
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};

/** Runs a fuzzer. @throws Error that names seed and case where an input crashed it, held it up, or memory grew */
export const runFuzzer = async (fuzzer: Fuzzer, seed: number, cases: number): Promise<FuzzResult> => {
  const start = performance.now();
  let slowest = 0;
  let before = 0;
  for (let i = 0; i < cases; i += 1) {
    if (i === Math.floor(cases / 10)) before = heap();
    const input = fuzzer.make(chanceOf(seed, fuzzer.name, i));
    const began = performance.now();
    try {
      const waited = fuzzer.feed(input);
      if (waited !== undefined) await waited;
    } catch (error) {
      throw new Error(`${fuzzer.name}: seed ${seed}, case ${i} got through: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    const took = performance.now() - began;
    if (took > SLOWEST_MS) throw new Error(`${fuzzer.name}: seed ${seed}, case ${i} took ${took.toFixed(0)} ms`);
    slowest = Math.max(slowest, took);
  }
  await fuzzer.check?.();
  const grown = heap() - before;
  if (grown > GROWN_MB) throw new Error(`${fuzzer.name}: seed ${seed}: memory grew by ${grown.toFixed(0)} MB over ${cases} inputs`);
  return { cases, seconds: (performance.now() - start) / 1_000, slowest, grown };
};
