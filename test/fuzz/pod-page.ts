import { createConversation } from '../../nexus/adapters/page/conversation.ts';
import { createGuard } from '../../nexus/guard/guard.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';
import { brokenFrame } from './pod-frame.ts';

const TOKEN = 'open';
const SIDS = ['00000000000000a1', '00000000000000a2', '0', '__proto__'] as const;
const STRANGE: readonly [unknown, ...unknown[]] = [0, 1, -1, 1e308, null, 'nan', '', [], {}, true, { live: false }, { live: true, record: true, soloVoice: false, publish: true, expiresAt: null }];
const HELLO = { kind: 'hello', v: 1, token: TOKEN, key: '0123456789abcdef0123456789abcdef' };

const message = (chance: Chance): unknown => {
  switch (chance.below(6)) {
    case 0:
      return { ...HELLO, token: chance.pick([TOKEN, 'guessed', '']) };
    case 1:
      return { kind: 'consent', sid: chance.pick(SIDS), consent: chance.pick(STRANGE) };
    case 2:
      return { kind: 'bye', sid: chance.pick(SIDS) };
    case 3:
      return { kind: 'chant', strength: chance.pick(STRANGE) };
    default:
      return { kind: 'frame', frame: brokenFrame(chance) };
  }
};

/** A sound or broken message as text; some damaged letter by letter, some far too long. */
const text = (chance: Chance): string => {
  const sound = JSON.stringify(message(chance)) ?? '';
  switch (chance.below(4)) {
    case 0:
      return new TextDecoder().decode(damaged(new TextEncoder().encode(sound), chance));
    case 1:
      return chance.below(8) === 0 ? sound + ' '.repeat(chance.below(4_000)) : sound;
    default:
      return sound;
  }
};

/** A page's messages, through its conversation to the real guard. Each input is one visit, a message a line. */
export const podPageFuzzer = (): Fuzzer => {
  const clock = fakeClock();
  const guard = createGuard({ circles: ['one'], whose: 'others', now: clock.now, unixNow: () => 0, maximumPods: 50 });
  let visits = 0;
  let answers = 0;
  return {
    name: 'pod-page',
    make: (chance) => [...(chance.below(8) > 0 ? [JSON.stringify(HELLO)] : []), ...Array.from({ length: 1 + chance.below(8) }, () => text(chance))].join('\n'),
    feed: (input) => {
      visits += 1;
      clock.advance(250);
      let ended = 0;
      const conversation = createConversation({
        connection: `page ${visits}`, adapter: 'page :0', gathering: 'dawn', intake: guard, clock,
        circleOf: (token) => (token === TOKEN ? 'one' : null),
        crowdOf: () => ({ atLeast: 0, heard: false }),
        send: (answer) => {
          answers += 1;
          const length = JSON.stringify(answer).length;
          if (length > 200) throw new Error(`an answer of ${length} characters`);
          if (/00000000000000a|nan|1e\+?308/.test(JSON.stringify(answer))) throw new Error('an answer repeats what came in');
        },
        end: () => {
          ended += 1;
          conversation.closed();
        },
        cameBack: () => undefined,
      });
      String(input).split('\n').forEach((each) => conversation.receive(each));
      if (ended > 1) throw new Error('a page was shown out twice');
      conversation.closed();
      if (visits % 50 === 0) guard.frameAt(clock.now());
    },
    check: () => {
      if (answers === 0) throw new Error('no message was answered');
      const { counts } = guard.view(clock.now());
      if (counts.live + counts.waiting > 50) throw new Error('there are more pods than the room holds');
    },
  };
};
