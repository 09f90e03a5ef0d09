import type { FromPage, ToPage } from '../adapters/page/messages.ts';
import { createBackoff } from '../adapters/backoff.ts';
import type { Clock } from '../clock.ts';

/** How the way to the Nexus is. */
export type LineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** Between two tries. */
  | { readonly kind: 'waiting' }
  /** The token opens nothing: another try does not help. */
  | { readonly kind: 'shut' }
  | { readonly kind: 'closed' };

/** What is used of a browser's WebSocket. */
export interface Socket {
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

export interface LineOptions {
  readonly connect: () => Socket;
  readonly clock: Clock;
  readonly token: string;
  readonly key: string;
  readonly chance?: () => number;
  readonly onState: (state: LineState) => void;
  readonly onMessage: (message: ToPage) => void;
}

/** The way to the Nexus, which comes back by itself. */
export interface Line {
  readonly state: LineState;
  /** False where it could not be sent: nothing is kept for later, since old news of a sleeper is worth nothing. */
  send(message: FromPage): boolean;
  /** Tries again now, where it waits: the Wi-Fi is back, or the page is looked at again. */
  hurry(): void;
  close(): void;
}

/** A line that answers nothing for so long after something was said is dead, whatever the browser believes. */
const DEAD_MS = 8_000;
const CONNECT_MS = 10_000;

const isMessage = (value: unknown): value is ToPage => typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

const read = (data: unknown): ToPage | null => {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    return isMessage(value) ? value : null;
  } catch {
    return null;
  }
};

export const createLine = ({ connect, clock, token, key, chance, onState, onMessage }: LineOptions): Line => {
  const backoff = createBackoff(chance);
  let state: LineState = { kind: 'connecting' };
  let socket: Socket | null = null;
  let cancel = (): void => undefined;
  let unanswered: number | null = null;

  const become = (next: LineState): void => {
    state = next;
    onState(next);
  };

  const drop = (): void => {
    cancel();
    unanswered = null;
    const old = socket;
    socket = null;
    old?.close();
  };

  const lost = (): void => {
    drop();
    cancel = clock.after(backoff.next(), open);
    become({ kind: 'waiting' });
  };

  const hear = (data: unknown): void => {
    unanswered = null;
    const message = read(data);
    if (message === null) return;
    if (message.kind === 'welcome') {
      cancel();
      backoff.reset();
      become({ kind: 'open' });
    } else if (message.kind === 'no way in') {
      drop();
      become({ kind: 'shut' });
    }
    onMessage(message);
  };

  const open = (): void => {
    drop();
    if (state.kind !== 'connecting') become({ kind: 'connecting' });
    const own = connect();
    socket = own;
    own.addEventListener('open', () => own.send(JSON.stringify({ kind: 'hello', v: 1, token, key } satisfies FromPage)));
    own.addEventListener('message', ({ data }) => {
      if (socket === own) hear(data);
    });
    own.addEventListener('close', () => {
      if (socket === own) lost();
    });
    cancel = clock.after(CONNECT_MS, lost);
  };

  open();
  return {
    get state() {
      return state;
    },
    send: (message) => {
      if (state.kind !== 'open' || socket === null) return false;
      if (unanswered !== null && clock.now() - unanswered > DEAD_MS) {
        lost();
        return false;
      }
      unanswered ??= clock.now();
      socket.send(JSON.stringify(message));
      return true;
    },
    hurry: () => {
      if (state.kind === 'waiting') open();
    },
    close: () => {
      drop();
      become({ kind: 'closed' });
    },
  };
};
