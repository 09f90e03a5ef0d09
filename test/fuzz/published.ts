import { createLineReader } from '../../cli/privacy/lines.ts';
import { inWords } from '../../cli/privacy/words.ts';
import { Fault } from '../../core/fault.ts';
import { collectiveLine } from '../../core/signal/ndjson.ts';
import { recordingHeadLine } from '../../core/signal/collective-recording.ts';
import { privateHeadLine, privateLine } from '../../core/signal/private-bin.ts';
import { parsePublishedLine, publishedAsCollective, publishedHead, publishedLine } from '../../core/signal/published-frame.ts';
import { micros } from '../../core/units.ts';
import { frame } from '../support/engine.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const PUBLISHED = [publishedHead(), ...[0, 1, 2].map((slot) => publishedLine({ t: slot * 30_000_000, n: 10, share: [0.2, 0.2, 0.2, 0.2, 0.2], depth: 0.5, dream: 0.2, discord: 0.5, unity: 0, synchrony: null }))];
const PRIVATE = [privateHeadLine({ format: 'dreamscore-private', version: 1, epsilon: 4, delta: 1e-6, sigma: 5.613, minutes: 30, bins: 16 }), privateLine({ t: 0, n: 120, counts: [20, 0, 60, 20, 20] })];
const FRAMES = [0, 1, 2].map((index) => collectiveLine(micros(index * 250_000), frame({ n: 5 + index })));
const RECORDING = [recordingHeadLine({ format: 'dreamscore-collective', version: 1, source: 'a room', minimumPods: 5 }), ...FRAMES];
const NEST = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;

const make = (chance: Chance): string => {
  const lines = chance.pick([PUBLISHED, PRIVATE, FRAMES, RECORDING]);
  const text = chance.below(8) === 0 ? [...lines, chance.pick([NEST, '{"__proto__":1}', '0', 'null', '[]', '{"format":1}', ''])].toSorted(() => chance.below(3) - 1).join('\n') : lines.join('\n');
  return new TextDecoder().decode(damaged(new TextEncoder().encode(text), chance));
};

/** Damaged streams: a reader of them gives a report, or a Fault that quotes nothing of the stream. */
export const publishedFuzzer = (): Fuzzer => ({
  name: 'published',
  make,
  feed: (input) => {
    const text = String(input);
    try {
      const reader = createLineReader('stream.ndjson');
      for (const line of text.split('\n')) reader.line(line);
      inWords(reader.end());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    try {
      publishedAsCollective(parsePublishedLine(text.split('\n')[1] ?? '', 'stream.ndjson'));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  },
});
