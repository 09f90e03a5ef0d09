import { COLLECTIVE_HZ } from '../../core/signal/collective-frame.ts';
import type { RoomView } from '../../core/ipc/room.ts';
import type { Adapter, Intake } from '../adapters/adapter.ts';
import { keepBeat } from '../beat.ts';
import type { Clock } from '../clock.ts';
import type { Guard } from '../guard/guard.ts';
import type { Listeners, Playing } from './playing.ts';

export interface RoomParts {
  readonly name: string;
  /** Where pods sit that come by no adapter. */
  readonly circle: string;
  readonly guard: Guard;
  /** The guard's door, where what comes is counted. */
  readonly intake: Intake;
  /** Seconds that each fold took. */
  readonly onFold: (seconds: number) => void;
  readonly adapters: readonly Adapter[];
  /** Started once all others stand. */
  readonly announcement: Adapter | null;
  /** Milliseconds since the room opened: the clock that the guard goes by. */
  readonly now: () => number;
  readonly clock: Clock;
  /** The ways in as they stand now; tokens change. */
  readonly join: () => RoomView['join'];
  readonly renewTokens: (secret?: Buffer) => void;
  readonly listeners: Listeners;
  /** Once a second: the room as its host sees it, and whether too few are here to be heard. */
  readonly onSeen: (view: RoomView, gated: boolean) => void;
  /** To be called once the room is closed, or could not be opened. */
  readonly onClosed: () => void;
}

/** Starts every adapter; where one cannot, those that could are stopped again. @throws Fault of the first that cannot */
const startAll = async (adapters: readonly Adapter[]): Promise<void> => {
  const started = await Promise.allSettled(adapters.map((adapter) => adapter.start()));
  const failed = started.find((each) => each.status === 'rejected');
  if (failed === undefined) return;
  await stopAll(adapters);
  throw failed.reason;
};

const stopAll = async (adapters: readonly Adapter[]): Promise<void> => {
  await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
};

/** The room as its host sees it now. */
const viewOf = ({ guard, now, join }: RoomParts, adapters: readonly Adapter[]): RoomView => ({
  adapters: adapters.map((adapter) => ({ name: adapter.name.slice(0, 200), ...adapter.health() })),
  ...guard.view(now()),
  join: [...join()],
});

/** Opens a room: its adapters hand pods to the guard, and 4 times a second the guard's frame goes on. @throws Fault */
export const runRoom = async (parts: RoomParts): Promise<Playing> => {
  const { name, guard, announcement, now, clock, listeners } = parts;
  const adapters = announcement === null ? parts.adapters : [...parts.adapters, announcement];
  try {
    await startAll(parts.adapters);
  } catch (error) {
    parts.onClosed();
    throw error;
  }
  await announcement?.start();
  const end = keepBeat(clock, 1_000 / COLLECTIVE_HZ, (count) => {
    const at = now();
    const { frame, kept } = guard.frameAt(at);
    parts.onFold((now() - at) / 1_000);
    listeners.onFrame(frame, kept);
    if (count % COLLECTIVE_HZ === 0) {
      const health = guard.health(at);
      const view = viewOf(parts, adapters);
      parts.onSeen(view, health.gated);
      listeners.onHealth({ source: name, ...health, night: at / 1_000, speed: 1 });
      listeners.onView(view);
    }
    return true;
  });
  return {
    room: {
      command: (command) => {
        if (command.kind === 'tokens') parts.renewTokens(command.secret === null ? undefined : Buffer.from(command.secret, 'hex'));
        else guard.command(command);
      },
      intake: parts.intake,
      circle: parts.circle,
      published: () => guard.published(now()),
      everyone: () => guard.everyone(now()),
      refusals: guard.refusals,
    },
    stop: async () => {
      end();
      await stopAll(adapters);
      parts.onClosed();
    },
  };
};
