import { encode } from 'cborg';
import { createGuard } from '../../nexus/guard/guard.ts';
import { takePodMessage } from '../../nexus/adapters/pod-message.ts';
import { POD_VERBS, type PodVerb } from '../../nexus/adapters/topics.ts';
import { podFrame } from '../support/pods.ts';
import { damaged, type Fuzzer } from './fuzzer.ts';
import { brokenFrame } from './pod-frame.ts';

const SID = '00000000000000a1';
const utf8 = new TextEncoder();

const encoded = (value: unknown, cbor: boolean): Uint8Array => {
  try {
    return cbor ? encode(value) : utf8.encode(JSON.stringify(value));
  } catch {
    return utf8.encode('{}');
  }
};

/** Payloads as JSON and CBOR, broken in their bytes or in what they say, to the decoder and on to the guard. */
export const mqttPayloadFuzzer = (): Fuzzer => {
  let now = 0;
  const guard = createGuard({ circles: ['one'], whose: 'others', now: () => now, unixNow: () => now });
  return {
    name: 'mqtt-payload',
    make: (chance) => {
      const verb: PodVerb = chance.pick(POD_VERBS);
      const sound = verb === 'frame' ? podFrame() : verb === 'consent' ? podFrame().consent : { strength: 0.5 };
      switch (chance.below(4)) {
        case 0:
          return { verb, bytes: encoded(verb === 'frame' ? brokenFrame(chance) : sound, chance.below(2) === 0) };
        case 1:
          return { verb, bytes: chance.bytes(chance.below(200)) };
        default:
          return { verb, bytes: damaged(encoded(sound, chance.below(2) === 0), chance) };
      }
    },
    feed: (input) => {
      const { verb, bytes } = input as { readonly verb: PodVerb; readonly bytes: Uint8Array };
      now += 250;
      takePodMessage(guard, { sid: SID, verb }, bytes, { adapter: 'fuzz', connection: SID, circle: 'one' });
    },
  };
};
