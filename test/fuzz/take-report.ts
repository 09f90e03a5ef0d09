import { takeReport } from '../../cli/privacy/take.ts';
import { inWords } from '../../cli/privacy/words.ts';
import { parseTake } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import { frame } from '../support/engine.ts';
import { firstLight } from '../support/score.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const SCORE = JSON.stringify(firstLight());
const HEAD = '{"format":"dreamscore-take","version":1,"seed":1,"source":{"kind":"live"},"minimumPods":5,"length":1000000,"substituted":1,"inputs":[';
const INPUTS = [0, 1, 2, 3].map((seq) => JSON.stringify({ seq, effective: seq * 250_000, input: { kind: 'frame', frame: frame({ n: 4 + seq, gated: seq === 0 }) } })).join(',');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Mostly the journal is damaged, now and then the whole text with its score. */
const make = (chance: Chance): string => {
  const journal = `${HEAD}${INPUTS}]`;
  if (chance.below(10) === 0) return new TextDecoder().decode(damaged(bytesOf(`${journal},"score":${SCORE}}`), chance));
  return `${new TextDecoder().decode(damaged(bytesOf(journal), chance))},"score":${SCORE}}`;
};

/** Damaged takes: a report of them, or a Fault. */
export const takeReportFuzzer = (): Fuzzer => ({
  name: 'take-report',
  make,
  feed: (input) => {
    let value: unknown;
    try {
      value = JSON.parse(String(input));
    } catch {
      return;
    }
    try {
      inWords(takeReport(parseTake(value, 'take.json'), 'take.json'));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  },
});
