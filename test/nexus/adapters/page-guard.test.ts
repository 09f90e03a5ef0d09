/** Phones, the page's line and the real guard, from newcomer to good-bye. */
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createPageAdapter, type PageAdapter } from '../../../nexus/adapters/page/page-adapter.ts';
import { createTokens } from '../../../nexus/adapters/tokens.ts';
import { createGuard } from '../../../nexus/guard/guard.ts';
import { CONSENT_MS, SID_MS, createPod, randomHex } from '../../../nexus/page/pod.ts';
import { fakeClock } from '../../support/fake-clock.ts';

let adapter: PageAdapter | null = null;
afterEach(async () => adapter?.stop());

const room = async () => {
  const clock = fakeClock();
  const guard = createGuard({ circles: ['one'], whose: 'others', now: clock.now, unixNow: () => 1_000_000 + clock.now() });
  const tokens = createTokens(['one']);
  const page = createPageAdapter({ port: 0, open: false, gathering: 'dawn', tokens, intake: guard, clock, crowd: guard.crowd });
  adapter = page;
  await page.start();
  const phone = async (key = randomHex(16)) => {
    const origin = `http://127.0.0.1:${page.port}`;
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/line`, { origin });
    const waiting: ((answer: unknown) => void)[] = [];
    socket.on('message', (data) => waiting.shift()?.(JSON.parse(String(data))));
    const ask = (message: unknown): Promise<unknown> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        socket.send(JSON.stringify(message));
      });
    await new Promise<void>((resolve) => {
      socket.once('open', () => resolve());
    });
    await ask({ kind: 'hello', v: 1, token: tokens.of('one'), key });
    return { socket, ask };
  };
  const pod = createPod;
  return { clock, guard, phone, pod };
};

const felt = { resting: true, breath: { respHz: 0.2, respPhase: 1, quality: 1 }, motion: null };
const consent = { record: false, publish: false, expiresAt: 1_000_000 + CONSENT_MS };

it('five phones are heard, none of them before; one that leaves takes the others back below the gate', async () => {
  const { clock, guard, phone, pod } = await room();
  const phones = await Promise.all(Array.from({ length: 5 }, async () => ({ ...(await phone()), pod: pod() })));
  const second = async (): Promise<unknown[]> => {
    clock.advance(1_000);
    const answers = await Promise.all(phones.map((each) => each.ask({ kind: 'frame', frame: each.pod.frame(felt, consent, clock.now()) })));
    guard.frameAt(clock.now());
    return answers;
  };
  await second();
  for (let i = 0; i < 2; i += 1) await second();
  const answers = await second();
  expect(answers).toEqual(phones.map(() => ({ kind: 'verdict', of: 'frame', verdict: 'taken', crowd: { atLeast: 5, heard: true } })));
  expect(guard.frameAt(clock.now()).frame).toMatchObject({ n: 5, gated: false });

  const [first] = phones;
  expect(await first?.ask({ kind: 'bye', sid: first.pod.sid })).toEqual({ kind: 'gone' });
  expect(guard.frameAt(clock.now()).frame).toMatchObject({ n: 4, gated: true });
});

it('no phone speaks for another, a new sid is the same pod, and the same phone comes back after a break', async () => {
  const { clock, guard, phone, pod } = await room();
  const key = randomHex(16);
  const own = await phone(key);
  const mine = pod();
  const verdict = async (at: { ask: (message: unknown) => Promise<unknown> }, frame: unknown): Promise<unknown> => {
    clock.advance(1_000);
    return Reflect.get(Object(await at.ask({ kind: 'frame', frame })), 'verdict');
  };
  expect(await verdict(own, mine.frame(felt, consent, 0))).toBe('waiting');
  const thief = await phone();
  expect(await verdict(thief, mine.frame(felt, consent, 1_000))).toBe('not its own');
  expect(await thief.ask({ kind: 'bye', sid: mine.sid })).toEqual({ kind: 'gone' });
  expect(guard.view(clock.now()).counts.waiting).toBe(1);

  const again = await phone(key);
  expect(await verdict(again, mine.frame(felt, consent, 2_000))).toBe('waiting');
  expect(guard.view(clock.now()).pods.filter(({ state }) => state === 'waiting')).toHaveLength(1);

  for (let i = 3; i < 70; i += 1) expect(await verdict(again, mine.frame(felt, consent, i * 1_000))).toBe('waiting');
  const renamed = mine.frame(felt, consent, SID_MS);
  expect(await verdict(again, renamed)).toBe('waiting');
  expect(guard.view(clock.now()).counts.waiting).toBe(1);

  again.socket.terminate();
  const last = await phone(key);
  expect(await last.ask({ kind: 'bye', sid: mine.sid })).toEqual({ kind: 'gone' });
  expect(guard.view(clock.now()).counts.waiting).toBe(0);
});
