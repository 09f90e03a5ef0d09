import { FIELD, addPod, emptyShard } from '../../core/signal/fold.ts';
import { decodeCollective, decodeMemory, encodeCollective, encodeMemory } from '../../nexus/scale/collective-message.ts';
import { startVoice } from '../../nexus/scale/collective-voice.ts';
import { decodeShardMessage, encodeBatch, encodeMark, type Forwarded } from '../../nexus/scale/forward.ts';
import { createMerge } from '../../nexus/scale/merge.ts';
import { createOwner } from '../../nexus/scale/owner.ts';
import { decodePartial, encodePartial } from '../../nexus/scale/partial.ts';
import { NEUTRAL_MEASURES, frameOf, measure, startHistory } from '../../core/signal/collective.ts';
import { podFrame, reading } from '../support/pods.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const START = 1_800_000_000_000;
const SPEAKER = { since: START, id: 7 };
const sid = (n: number): string => n.toString(16).padStart(16, '0');

const batch = (chance: Chance, at: number): Uint8Array => {
  const item = (): Forwarded => {
    const own = sid(chance.below(40));
    switch (chance.below(8)) {
      case 0:
        return { kind: 'bye', at, sid: own };
      case 1:
        return { kind: 'consent', at, sid: own, consent: { ...podFrame().consent, live: chance.below(2) === 0, expiresAt: chance.below(2) === 0 ? null : at + chance.below(2_000) } };
      case 2:
        return { kind: 'chant', at, sid: own, strength: chance.below(2) };
      default:
        return { kind: 'frame', at: at + chance.below(100_000) - 50_000, frame: podFrame({ sid: own, seq: chance.below(1_000_000), respPhase: chance.below(6) }) };
    }
  };
  return encodeBatch(Array.from({ length: 1 + chance.below(4) }, item));
};

const partial = (chance: Chance, moment: number): Uint8Array => {
  const live = Array.from({ length: chance.below(5) }, (_, i) => reading('N2', i)).reduce(addPod, emptyShard());
  return encodePartial({ moment, shard: chance.below(2), of: 2, speaker: { since: START + chance.below(3), id: chance.below(2) }, heard: chance.below(100), shards: 1, until: chance.below(2) === 0 ? null : moment + chance.below(9_000), chanting: { voices: 0, strength: 0 }, sums: { live, kept: live, published: emptyShard() } });
};

/** What a hostile peer at the broker could send to shards, mergers and studios; some of it sound, most of it damaged. */
export const scaleFuzzer = (): Fuzzer => {
  const owner = createOwner({ shard: 0, of: 1, speaker: SPEAKER, firstMs: 0 });
  const merge = createMerge(2);
  let moment = START;
  let history = startHistory();
  const collective = encodeCollective({ moment, speaker: SPEAKER, frame: frameOf(0, 5, false, NEUTRAL_MEASURES) });
  const memory = encodeMemory({ moment, start: moment, live: startVoice(), kept: startVoice() });
  owner.take({ kind: 'mark', speaker: SPEAKER });

  return {
    name: 'scale',
    make: (chance) => {
      const sound = [() => batch(chance, moment), () => partial(chance, moment + 250 * chance.below(8)), () => Buffer.from(collective), () => Buffer.from(memory), () => encodeMark(SPEAKER)];
      const bytes = sound[chance.below(sound.length)]?.() ?? chance.bytes(40);
      return chance.below(4) === 0 ? bytes : damaged(bytes, chance);
    },
    feed: (input) => {
      if (!(input instanceof Uint8Array)) return;
      moment += 250;
      const message = decodeShardMessage(input);
      if (message !== null) owner.take(message);
      const said = decodePartial(input);
      if (said !== null) merge.hear(said, moment);
      decodeCollective(input);
      decodeMemory(input, moment, 1e9);
      const mine = owner.at(moment);
      const { sums } = merge.at(moment);
      for (const value of [...mine.sums.live, ...sums.live]) if (!Number.isSafeInteger(value)) throw new Error('a sum is no whole number');
      if ((sums.live[FIELD.pods] ?? 0) < 0) throw new Error('fewer than no pods');
      const measured = measure(sums.live, history, 0.25, 0);
      history = measured.history;
      for (const value of Object.values(measured.measures).flat()) if (value !== null && !Number.isFinite(value)) throw new Error('a measure is no number');
    },
    check: () => {
      const { waiting } = owner.counts();
      if (waiting > 60) throw new Error(`${waiting} pods wait, but 40 were ever there`);
      if (merge.troubles(moment).length > 20) throw new Error('troubles pile up');
    },
  };
};
