/** The pod page: begins a visit with the token behind the # of the link. */
import type { Clock } from '../clock.ts';
import { replace } from './dom.ts';
import { brokenView } from './gone-view.ts';
import type { Socket } from './line.ts';
import { createSession, type Session } from './session.ts';

const clock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

const connect = (): Socket => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/line`);

const tokenInLink = (): string => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
};

const run = (root: HTMLElement): void => {
  let session: Session | null = null;
  const begin = (): void => {
    const token = tokenInLink();
    session = null;
    if (token === '') replace(root, brokenView('missing'));
    else session = createSession({ root, token, connect, clock, again: begin });
  };
  addEventListener('hashchange', () => {
    session?.vanish();
    begin();
  });
  // Closing the page is leaving; a page that the browser kept and brings back begins anew.
  addEventListener('pagehide', () => session?.vanish());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) begin();
  });
  begin();
};

const root = document.getElementById('page');
if (root !== null) run(root);
