import type { Micros } from '../units.ts';
import type { CollectiveFrame } from './collective-frame.ts';

/**
 * One collective frame as one line of `collective.ndjson`, without the line's end. `t` is the time at
 * which the engine took it in (microseconds from the gathering's start), which is what the music
 * answers to; `share` is [W, N1, N2, N3, R]. Keys stand in a fixed order, so that equal frames are equal bytes.
 */
export const collectiveLine = (t: Micros, frame: CollectiveFrame): string =>
  JSON.stringify({
    t,
    n: frame.n,
    share: frame.share,
    depth: frame.depth,
    dream: frame.dream,
    synchrony: frame.synchrony,
    discord: frame.discord,
    unity: frame.unity,
    novelty: frame.novelty,
    concordance: frame.concordance,
    entropy: frame.entropy,
    heartBpm: frame.heartBpm,
    breathHz: frame.breathHz,
    motion: frame.motion,
    chant: frame.chant,
    gated: frame.gated,
  });
