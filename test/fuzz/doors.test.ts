/** Each fuzzer for a moment, so that none rots; `npm run fuzz` runs 100 000 inputs each. */
import { describe, expect, it } from 'vitest';
import { runFuzzer } from './fuzzer.ts';
import { FUZZERS } from './fuzzers.ts';

describe('broken input', () => {
  it.each(FUZZERS.map((make) => make()))('at the door "$name" neither crashes nor holds up nor fills', async (fuzzer) => {
    const { cases } = await runFuzzer(fuzzer, 1, 1_000);
    expect(cases).toBe(1_000);
  });
});
