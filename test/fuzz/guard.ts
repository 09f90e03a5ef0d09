import { roomViewSchema } from '../../core/ipc/room.ts';
import { collectiveFrameSchema } from '../../core/signal/collective-frame.ts';
import type { Origin } from '../../nexus/adapters/adapter.ts';
import { Fault } from '../../core/fault.ts';
import { createGuard, type Guard } from '../../nexus/guard/guard.ts';
import { REFUSALS, type Verdict } from '../../nexus/guard/verdict.ts';
import { podFrame } from '../support/pods.ts';
import type { Chance, Fuzzer } from './fuzzer.ts';
import { brokenFrame } from './pod-frame.ts';

interface Call {
  /** `honest`: a frame that counts up, so that some pods are heard between all the others. */
  readonly kind: 'honest' | 'frame' | 'broken' | 'consent' | 'bye' | 'chant' | 'closed' | 'refused' | 'command';
  readonly sid: string;
  readonly from: Origin;
  readonly payload: unknown;
  readonly after: number;
}

const CIRCLES = ['one', 'two', 'three'];
const MAXIMUM = 50;
const KINDS: readonly [Call['kind'], ...Call['kind'][]] = ['honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'honest', 'frame', 'frame', 'frame', 'broken', 'broken', 'consent', 'bye', 'chant', 'closed', 'refused', 'command'];
const STRANGE: readonly [unknown, ...unknown[]] = [null, undefined, Number.NaN, -1, 2, '1', [], {}, { live: false }, { live: true, record: 'yes' }];

const payloadOf = (kind: Call['kind'], sid: string, chance: Chance): unknown => {
  const frame = podFrame({ sid, seq: chance.below(1_000_000), tMono: chance.below(1_000_000) });
  const consent = { ...frame.consent, live: chance.below(30) > 0, record: chance.below(2) > 0, expiresAt: chance.below(12) > 0 ? null : chance.pick([0, 1_000_000, 1e15]) };
  if (kind === 'frame') return { ...frame, consent };
  if (kind === 'broken') return chance.below(4) === 0 ? chance.pick(STRANGE) : brokenFrame(chance);
  if (kind === 'consent') return chance.below(2) === 0 ? consent : chance.pick(STRANGE);
  if (kind === 'chant') return chance.below(2) === 0 ? chance.below(100) / 100 : chance.pick(STRANGE);
  if (kind === 'command') return chance.below(2) === 0 ? `pod ${chance.below(60)}` : chance.pick([[['one', 'two', 'three']], [['one'], ['two', 'three']], [['three'], ['one'], ['two']], [['one']], [['one', 'one', 'two']]]);
  return null;
};

const honestCall = (chance: Chance): Call => {
  const pod = chance.below(12);
  const sid = pod.toString(16).padStart(16, '0');
  return { kind: 'honest', sid, from: { adapter: 'mqtt', connection: `c${pod}`, one: true, circle: CIRCLES[pod % 3] ?? 'one' }, payload: null, after: chance.below(150) };
};

const makeCall = (chance: Chance): Call => {
  const kind = chance.pick(KINDS);
  if (kind === 'honest') return honestCall(chance);
  // Mostly a small crowd that knows each other's sids; sometimes a stranger.
  const sid = chance.below(12) === 0 ? chance.pick(['', '__proto__', 'A', '0'.repeat(16)]) : (chance.below(10) === 0 ? chance.below(1e9) : chance.below(70)).toString(16).padStart(16, '0');
  const connection = chance.below(4) === 0 ? `c${chance.below(1e6)}` : `c${Number.parseInt(sid, 16) % 70 || 0}`;
  const from: Origin = { adapter: chance.pick(['mqtt', 'page']), connection, circle: chance.pick(['one', 'one', 'two', 'three', 'none']), ...(chance.below(3) > 0 && { one: true as const }) };
  return { kind, sid, from, payload: payloadOf(kind, sid, chance), after: chance.below(400) === 0 ? chance.below(400_000) : chance.below(100) };
};

const act = (guard: Guard, { kind, sid, from, payload }: Call, now: number): Verdict => {
  switch (kind) {
    case 'honest':
      return guard.frame({ ...podFrame(), sid, seq: now, tMono: now }, from);
    case 'frame':
    case 'broken':
      return guard.frame(payload, from);
    case 'consent':
      return guard.consent(sid, payload, from);
    case 'bye':
      return guard.bye(sid, from);
    case 'chant':
      return guard.chant(payload, from);
    case 'closed':
      guard.closed(from);
      return 'taken';
    case 'refused':
      guard.refused('malformed', from);
      return 'malformed';
    case 'command':
      try {
        guard.command(typeof payload === 'string' ? { kind: 'remove', pod: payload } : { kind: 'realms', realms: Array.isArray(payload) ? payload : [] });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
      return 'taken';
  }
};

const guardViewSchema = roomViewSchema.pick({ pods: true, counts: true, realms: true, nextBatch: true, chant: true, chanting: true });
const isCalls = (input: unknown): input is readonly Call[] => Array.isArray(input);
const VERDICTS = new Set<string>([...REFUSALS, 'taken', 'waiting']);
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** Hostile sequences of calls at one guard that lives through all of them. */
export const guardFuzzer = (): Fuzzer => {
  let now = 0;
  let cases = 0;
  let heard = 0;
  const fresh = (whose: 'mine' | 'others'): Guard => createGuard({ circles: CIRCLES, whose, now: () => now, unixNow: () => 1_000_000 + now, maximumPods: MAXIMUM });
  const open = (): readonly { readonly guard: Guard; readonly gate: number }[] => [{ guard: fresh('mine'), gate: 1 }, { guard: fresh('others'), gate: 5 }];
  let guards = open();

  const examine = ({ guard, gate }: { readonly guard: Guard; readonly gate: number }): void => {
    const { frame, kept } = guard.frameAt(now);
    for (const each of [frame, kept ?? frame]) must(collectiveFrameSchema.safeParse(each).success, 'a frame is none');
    const sums = guard.shardAt(now);
    must(sums.every((sum) => Number.isSafeInteger(sum)), 'a sum is not whole');
    must(sums[0] === frame.n && frame.n <= MAXIMUM, 'the pods of the sum are not those of the frame');
    must((kept?.n ?? 0) <= frame.n, 'more is kept than is live');
    must(frame.n >= gate || frame.gated, 'the gate stands open');
    if (gate > 1 && !frame.gated) heard += 1;
    const view = guard.view(now);
    must(guardViewSchema.safeParse(view).success, 'the view is none');
    must(view.counts.live === frame.n && view.counts.live + view.counts.waiting <= MAXIMUM, 'the counts are wrong');
  };

  return {
    name: 'guard',
    make: (chance) => Array.from({ length: 1 + chance.below(8) }, () => makeCall(chance)),
    feed: (input) => {
      cases += 1;
      // Whom a host took out never comes back: a new room now and then.
      if (cases % 500 === 0) guards = open();
      if (!isCalls(input)) return;
      for (const call of input) {
        now += call.after;
        for (const { guard } of guards) must(VERDICTS.has(act(guard, call, now)), 'a verdict is none');
      }
      if (cases % 8 === 0) for (const each of guards) examine(each);
    },
    check: () => {
      must(cases < 1_000 || heard > 0, 'the room of others never spoke');
    },
  };
};
