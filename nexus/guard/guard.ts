import { Fault } from '../../core/fault.ts';
import type { RoomCommand, RoomView } from '../../core/ipc/room.ts';
import { FIELD, addShard, emptyShard, type Shard } from '../../core/signal/fold.ts';
import { LIVE_GATE, OWN_GATE, type AggregatorHealth } from '../aggregator.ts';
import type { Intake } from '../adapters/adapter.ts';
import { createChant } from '../chant.ts';
import { qualityAt } from '../heard.ts';
import { leastOf } from '../realms.ts';
import { createBans } from './bans.ts';
import { cardsOf, podName } from './cards.ts';
import { createCollective, type Frames } from './collective.ts';
import { createEntrance } from './entrance.ts';
import { createIntake } from './intake.ts';
import { createLines } from './lines.ts';
import { createSeats } from './seats.ts';
import { isPublished, sumEveryone, sumSeats, type Sums } from './sums.ts';
import type { Refusal } from './verdict.ts';

export interface GuardOptions {
  /** Names of the room's circles, in the order of the host's view. All are one realm at first. */
  readonly circles: readonly string[];
  /** `mine`: devices of one's own, heard from one on and at once. `others`: heard from five on, in batches. */
  readonly whose: 'mine' | 'others';
  /** Milliseconds since the room opened, never running back; the clock of every `nowMs` below. */
  readonly now: () => number;
  /** Milliseconds since 1970, for consents that expire. */
  readonly unixNow: () => number;
  /** Those who wait for a batch are heard for `everyone` alone, and for nothing else. */
  readonly hearsWaiting?: boolean;
  /** Pods at once, those who wait included; 20 000 unless told. */
  readonly maximumPods?: number;
}

/** Who stands between the sources and the collective: what they send is checked, bounded, and heard only as far as its sleepers agreed. */
export interface Guard extends Intake {
  /** What the host does. @throws Fault where it cannot be done; what ran before goes on */
  command(command: Exclude<RoomCommand, { kind: 'tokens' }>): void;
  /** The collective of this moment; to be asked 4 times a second. */
  frameAt(nowMs: number): Frames;
  /** The sums over those live pods that agreed to be published, for a publisher with gates of its own; `members` by names that tell nothing. */
  published(nowMs: number): { readonly shard: Shard; readonly pods: number; readonly members: ReadonlySet<string> };
  /**
   * The sums over all who agreed to be published, whether a batch has let them in or not: for differential privacy, where one
   * sleeper's coming may not change when others enter. Whole only with `hearsWaiting`.
   */
  everyone(nowMs: number): Shard;
  /** The sums over all live pods. */
  shardAt(nowMs: number): Shard;
  view(nowMs: number): Pick<RoomView, 'pods' | 'counts' | 'realms' | 'nextBatch' | 'chant' | 'chanting'>;
  health(nowMs: number): AggregatorHealth;
  /** Live pods in a circle's realm at the last frame, and whether they are enough to be heard. */
  crowd(circle: string): { readonly pods: number; readonly heard: boolean };
  /** Messages refused since the room opened, by reason. */
  refusals(): ReadonlyMap<Refusal, number>;
}

const MAXIMUM_PODS = 20_000;

/** Opens the door of a room. It holds no timer; memory is bounded by `maximumPods`, whatever comes. */
export const createGuard = ({ circles, whose, now, unixNow, hearsWaiting = false, maximumPods = MAXIMUM_PODS }: GuardOptions): Guard => {
  const others = whose === 'others';
  const gate = others ? LIVE_GATE : OWN_GATE;
  const bans = createBans();
  const lines = createLines();
  const seats = createSeats({ lines, maximum: maximumPods, first: others ? 'waiting' : 'in', isBanned: bans.has });
  const chant = createChant(maximumPods);
  const collective = createCollective(circles.length, gate);
  const entrance = createEntrance({ seats, collective, gate, batched: others });
  const { intake, refusals } = createIntake({ circles, lines, seats, chant, bans, now, unixNow, hearsWaiting });

  const settle = (at: number): void => {
    seats.settle(at);
    entrance.settle(at);
  };
  const sumsAt = (at: number): Sums => {
    settle(at);
    return sumSeats(seats.all(), circles.length, at);
  };

  const rearrange = (realms: readonly (readonly string[])[]): void => {
    const places = realms.map((realm) => realm.map((circle) => circles.indexOf(circle)));
    const named = places.flat();
    const whole = named.length === circles.length && new Set(named).size === circles.length && !named.includes(-1);
    if (!whole) throw new Fault('the circles stay as they are', 'the new order', 'name every circle of the room, each exactly once');
    collective.arrange(places, now());
  };
  const remove = (pod: string): void => {
    const number = Number(/^pod (\d{1,15})$/.exec(pod)?.[1]);
    const seat = Number.isNaN(number) ? undefined : seats.byNumber(number);
    if (seat === undefined) throw new Fault('there is no such pod', 'the list of pods', 'it may have left already; look again');
    bans.add(seat);
    if (seat.line !== null) chant.forget(`${seat.line.adapter}\n${seat.line.connection}`);
    seats.leave(seat);
  };

  return {
    ...intake,
    command: (command) => (command.kind === 'realms' ? rearrange(command.realms) : remove(command.pod)),
    frameAt: (at) => collective.fold(sumsAt(at), chant.levelAt(at), at),
    published: (at) => {
      const { published } = sumsAt(at);
      const members = new Set<string>();
      for (const seat of seats.all()) if (isPublished(seat)) members.add(podName(seat.number));
      return { shard: published, pods: published[FIELD.pods] ?? 0, members };
    },
    everyone: (at) => {
      settle(at);
      return sumEveryone(seats.all(), at);
    },
    shardAt: (at) => sumsAt(at).live.reduce(addShard, emptyShard()),
    view: (at) => {
      settle(at);
      const { cards, limited } = cardsOf({ seats: seats.all(), strangers: lines.strangers(), circles, nextNumber: seats.nextNumber, now: at });
      const { level, voices } = chant.seen(at);
      const { live, waiting } = entrance.counts();
      return {
        pods: cards,
        counts: { live, waiting, limited },
        realms: collective.partition().map((realm) => realm.flatMap((place) => circles[place] ?? [])),
        nextBatch: entrance.nextBatch(at),
        chant: level,
        chanting: voices,
      };
    },
    health: (at) => {
      settle(at);
      const { live, modelled } = entrance.counts();
      let quality = 0;
      for (const { state, heard } of seats.all()) if (state === 'in' && heard !== null) quality += qualityAt(heard, at);
      return { pods: live, gated: live < leastOf(live, modelled, gate), quality: live === 0 ? 0 : quality / live };
    },
    crowd: (circle) => collective.crowd(circles.indexOf(circle)),
    refusals: () => refusals,
  };
};
