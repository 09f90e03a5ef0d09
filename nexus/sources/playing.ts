import type { NexusHealth } from '../../core/ipc/nexus-messages.ts';
import type { RoomCommand, RoomView } from '../../core/ipc/room.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import type { Shard } from '../../core/signal/fold.ts';
import type { Intake } from '../adapters/adapter.ts';
import type { Clock } from '../clock.ts';
import type { Refusal } from '../guard/verdict.ts';
import type { PublishedSums } from '../publish/published-sums.ts';
import type { ReadOptions } from '../recording/edf-night.ts';
import type { Night } from '../recording/night.ts';

/** Where what a source says goes. */
export interface Listeners {
  /** 4 times a second. `kept` is what a recording may hold in the frame's place, null where that is the frame itself. */
  readonly onFrame: (frame: CollectiveFrame, kept: CollectiveFrame | null) => void;
  /** Once a second. */
  readonly onHealth: (health: Omit<NexusHealth, 'kind'>) => void;
  /** Once a second, of a room. */
  readonly onView: (view: RoomView) => void;
  /** While recordings are read for longer than a moment: the share that is done, and seconds left where that can be said. */
  readonly onReading: (share: number, left: number | null) => void;
  /** The last recorded night is over. */
  readonly onEnd: () => void;
}

/** What of the machine a source may use. */
export interface Machine {
  readonly clock: Clock;
  /** Milliseconds since 1970, for consents that run out. */
  readonly unixNow: () => number;
  /** A recorded night out of a file: stages, measured features, or both. @throws Fault */
  readonly readNight: (path: string, options: ReadOptions) => Promise<Night>;
}

/** A room that is open. */
export interface OpenRoom {
  /** What the host does there. */
  command(command: RoomCommand): void;
  /** Its door, for sensors that come by a line of their own. */
  readonly intake: Intake;
  /** The circle that they sit in. */
  readonly circle: string;
  /** The sums over those who agreed to be published, for a publisher with gates of its own. */
  published(): PublishedSums;
  /** The same for a private stream: with those who wait for a batch. Whole where the room is `counted`. */
  everyone(): Shard;
  /** Messages refused since it opened, by reason. */
  refusals(): ReadonlyMap<Refusal, number>;
}

/** A source whose files have been read, and which is not heard yet. */
export interface Opening {
  /** In words: `24 simulated sleepers`, `the room "attic"`. */
  readonly name: string;
  /** Pods that must be live before they are heard. */
  readonly minimumPods: number;
  /** Begins. @throws Fault where a port or a broker cannot be had */
  begin(): Promise<Playing>;
}

/** A source that is being heard. */
export interface Playing {
  /** Null for every other source. */
  readonly room: OpenRoom | null;
  /** Ends it and settles once its sockets and timers are gone. */
  stop(): Promise<void>;
}
