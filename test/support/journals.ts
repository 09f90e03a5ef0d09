import fc from 'fast-check';
import type { Input, StampedInput } from '../../core/engine/input.ts';
import { stampInput } from '../../core/engine/stamp.ts';
import { PARAMETERS, type Score } from '../../core/score/schema.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';

const unit = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000);
const signed = fc.integer({ min: -10_000, max: 10_000 }).map((value) => value / 10_000);

/** Any frame that the Nexus could send, and some that it hardly would. */
export const anyFrame: fc.Arbitrary<CollectiveFrame> = fc.record({
  t: fc.constant(0),
  n: fc.integer({ min: 0, max: 500 }),
  gated: fc.boolean(),
  share: fc.tuple(unit, unit, unit, unit, unit),
  entropy: unit,
  depth: unit,
  dream: unit,
  synchrony: fc.option(signed),
  concordance: signed,
  discord: unit,
  unity: unit,
  novelty: unit,
  chant: unit,
  heartBpm: fc.option(fc.integer({ min: 30, max: 200 })),
  breathHz: fc.option(fc.constant(0.25)),
  motion: unit,
});

/** Any input that fits a score: frames mostly, hands sometimes. */
export const anyInput = (score: Score): fc.Arbitrary<Input> => {
  const layer = fc.constantFrom(...score.layers.map(({ id }) => id));
  return fc.oneof(
    { weight: 12, arbitrary: anyFrame.map((frame): Input => ({ kind: 'frame', frame })) },
    { weight: 2, arbitrary: fc.constantFrom(...score.scenes.map(({ id }) => id)).map((scene): Input => ({ kind: 'scene', scene })) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('parameter' as const), layer, parameter: fc.constantFrom(...PARAMETERS), value: fc.option(unit) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('mute' as const), layer, muted: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('macro' as const), macro: fc.constantFrom(...score.macros.map(({ id }) => id)), value: unit }) },
    { weight: 1, arbitrary: fc.constantFrom('follow', 'freeze', 'lead').map((mode): Input => ({ kind: 'mode', mode })) },
    { weight: 1, arbitrary: fc.constantFrom<Input>({ kind: 'fade', seconds: 5 }, { kind: 'panic' }, { kind: 'resume' }) },
  );
};

/** Inputs at rising times within a span of microseconds, stamped. */
export const anyJournal = (score: Score, span: number): fc.Arbitrary<StampedInput[]> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: span }), anyInput(score)), { maxLength: 60 }).map((arrivals) => {
    const journal: StampedInput[] = [];
    for (const [at, input] of [...arrivals].sort((a, b) => a[0] - b[0])) journal.push(stampInput(journal, input, at));
    return journal;
  });
