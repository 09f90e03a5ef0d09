import { parseArgs } from 'node:util';
import { runFuzzer } from './fuzzer.ts';
import { FUZZERS } from './fuzzers.ts';

const { values, positionals } = parseArgs({ options: { seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '100000' } }, allowPositionals: true });
const seed = Number(values.seed);
const cases = Number(values.cases);
for (const make of FUZZERS) {
  const fuzzer = make();
  if (positionals.length > 0 && !positionals.includes(fuzzer.name)) continue;
  const { seconds, slowest, grown } = await runFuzzer(fuzzer, seed, cases);
  process.stdout.write(`${fuzzer.name}: ${cases} broken inputs (seed ${seed}) in ${seconds.toFixed(1)} s; slowest ${slowest.toFixed(1)} ms; heap ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB\n`);
}
process.exit(0);
