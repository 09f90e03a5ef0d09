import { expect, it } from 'vitest';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { collectiveLine } from '../../../core/signal/ndjson.ts';
import { micros } from '../../../core/units.ts';

it('a collective frame is one line, at the time that the engine took it in', () => {
  const frame: CollectiveFrame = {
    t: 250_000, n: 7, gated: false, share: [0.2, 0.1, 0.4, 0.2, 0.1], entropy: 0.9, depth: 0.6, dream: 0.1, synchrony: null,
    concordance: -0.01, discord: 0.5, unity: 0.02, novelty: 0.1, heartBpm: 58.25, breathHz: null, motion: 0.05, chant: 0.25,
  };
  expect(collectiveLine(micros(251_007), frame)).toBe(
    '{"t":251007,"n":7,"share":[0.2,0.1,0.4,0.2,0.1],"depth":0.6,"dream":0.1,"synchrony":null,"discord":0.5,"unity":0.02,"novelty":0.1,"concordance":-0.01,"entropy":0.9,"heartBpm":58.25,"breathHz":null,"motion":0.05,"chant":0.25,"gated":false}',
  );
});
