import type { RemoteInfo } from 'node:dgram';
import type { OscSource } from '../../../core/ipc/room.ts';
import type { PodFrame } from '../../../core/signal/pod-frame.ts';
import { keepBeat } from '../../beat.ts';
import type { Clock } from '../../clock.ts';
import { isRefusal } from '../../guard/tally.ts';
import type { Verdict } from '../../guard/verdict.ts';
import type { Adapter, AdapterHealth, Intake, Origin } from '../adapter.ts';
import { createBackoff, type Backoff } from '../backoff.ts';
import { createBudget } from '../budget.ts';
import { layoutOf } from './layouts.ts';
import { LARGEST_BYTES, readOsc, type OscMessage } from './packet.ts';
import { createSenders } from './senders.ts';
import { createSleepers } from './sleepers.ts';
import { listenUdp, type Listening } from './udp.ts';
import { healthOf, SILENT_MS } from './words.ts';

export interface OscAdapterOptions {
  readonly source: OscSource;
  /** Reachable on the local network, as phones want it; otherwise from this machine alone. */
  readonly open: boolean;
  readonly intake: Intake;
  readonly clock: Clock;
  /** What the host agrees to for these sensors, which are the host's own or were set up by the host: `HOST_CONSENT`. */
  readonly consent?: PodFrame['consent'];
  /** In place of the source's port; 0: the system chooses. */
  readonly listenOn?: number;
  readonly backoff?: Backoff;
  readonly unixNow?: () => number;
}

export interface OscAdapter extends Adapter {
  /** The port that is listened to; null while none is. */
  readonly port: number | null;
}

/** Heard live and kept in takes; neither a voice of its own nor published. */
export const HOST_CONSENT: PodFrame['consent'] = { live: true, record: true, soloVoice: false, publish: false, expiresAt: null };

/** What could not be read belongs to nobody. */
const UNREAD = 'unread';
/** A refusal is told for so long. */
const TOLD_MS = 30_000;

/** Sensors whose programs send OSC over UDP, each sleeper a pod, one frame a second. */
export const createOscAdapter = (options: OscAdapterOptions): OscAdapter => {
  const { source, open, intake, clock, consent = HOST_CONSENT, backoff = createBackoff(), unixNow = Date.now } = options;
  const layout = layoutOf(source);
  const port = options.listenOn ?? (source.port === 0 ? layout.usualPort : source.port);
  const name = `osc ${source.layout} :${port}`;
  const senders = createSenders(layout.byPort);
  const sleepers = createSleepers(layout, consent);
  const budget = createBudget(clock);
  const from = (connection: string): Origin => ({ adapter: name, connection, circle: source.circle });
  let listening: Listening | null = null;
  let running = false;
  let endBeat = (): void => undefined;
  let cancelRetry = (): void => undefined;
  let strangeAt = -Infinity;
  let refused: { readonly verdict: Verdict; readonly at: number } | null = null;

  const take = (message: OscMessage, { address, port: remotePort }: RemoteInfo, now: number): void => {
    const which = layout.sleeper(message.address);
    if (which === null) {
      strangeAt = now;
      return;
    }
    const sleeper = sleepers.of(senders.of(address, remotePort, which, now), now);
    if (sleeper === null) {
      refused = { verdict: 'too many pods', at: now };
      return;
    }
    if (sleeper.reader.hear(message, now)) sleeper.heardAt = now;
  };

  const hear = (bytes: Buffer, remote: RemoteInfo): void => {
    if (bytes.length > LARGEST_BYTES) {
      intake.refused('too large', from(UNREAD));
      return;
    }
    budget.spend(() => {
      const now = clock.now();
      const said = layout.alternative !== undefined && bytes[0] === 0x7b ? layout.alternative(bytes.toString('utf8')) : readOsc(bytes);
      if (said === null) intake.refused('malformed', from(UNREAD));
      else for (const message of said) take(message, remote, now);
    });
  };

  const second = (): void => {
    const now = clock.now();
    for (const connection of sleepers.forget(now)) intake.closed(from(connection));
    for (const { senses, connection } of sleepers.all()) {
      const frame = senses.second(now);
      if (frame === null) continue;
      const verdict = intake.frame(frame, from(connection), frame.sid);
      if (isRefusal(verdict)) refused = { verdict, at: now };
    }
  };

  const listen = async (): Promise<void> => {
    const opened = await listenUdp(port, open, hear, lost);
    // Stopped while the port was being opened.
    if (!running) return opened.close();
    listening = opened;
    backoff.reset();
  };
  const retry = (): void => {
    cancelRetry = clock.after(backoff.next(), () => {
      if (running) listen().catch(retry);
    });
  };
  /** The network went away under the socket (a laptop that slept, an interface that was taken down). */
  function lost(): void {
    listening = null;
    if (running) retry();
  }

  const health = (): AdapterHealth => {
    const now = clock.now();
    if (!running) return { state: 'off', words: 'Off' };
    if (listening === null) return { state: 'waiting', words: `Tries again to listen on UDP port ${port}: the network went away` };
    const ages = sleepers.all().map(({ heardAt }) => now - heardAt);
    const verdict = refused !== null && now - refused.at < TOLD_MS ? refused.verdict : null;
    return healthOf({ port: listening.port, open, layout, ages, unixNow: unixNow(), strange: now - strangeAt < SILENT_MS, letGo: budget.letGo(), refused: verdict });
  };

  return {
    name,
    get port() {
      return listening?.port ?? null;
    },
    start: async () => {
      if (running) return;
      running = true;
      try {
        await listen();
      } catch (error) {
        running = false;
        throw error;
      }
      if (listening === null) return;
      endBeat = keepBeat(clock, 1_000, () => {
        second();
        return true;
      });
    },
    stop: async () => {
      running = false;
      endBeat();
      cancelRetry();
      const opened = listening;
      listening = null;
      await opened?.close();
      for (const { connection } of sleepers.all()) intake.closed(from(connection));
    },
    health,
  };
};
