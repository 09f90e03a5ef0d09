/** The host's page: asks for the room once a second and shows it. */
import type { RoomView } from '../../../core/ipc/room.ts';
import { h, replace, setText } from '../../page/dom.ts';
import { roomView } from './view.ts';
import { words } from './words.ts';

const EACH_MS = 1_000;

/** What the Nexus says, which made this page too: its shape is checked where it is made. */
const isView = (value: unknown): value is RoomView => typeof value === 'object' && value !== null && 'adapters' in value && 'pods' in value && 'counts' in value;

const run = (root: HTMLElement): void => {
  const told = h('p', { class: 'told', role: 'status' });
  const room = h('div', {}, h('p', {}, words.empty));
  replace(root, h('h1', {}, words.title), told, room);
  const token = location.hash.slice(1);
  const headers: Record<string, string> = token === '' ? {} : { Authorization: `Bearer ${token}` };
  let shown = '';

  const look = async (): Promise<void> => {
    const answer = await fetch('/status.json', { headers, cache: 'no-store' });
    if (!answer.ok) return setText(told, answer.status === 401 || answer.status === 403 ? words.refused : words.lost);
    setText(told, words.fresh);
    const text = await answer.text();
    if (text === shown || document.getSelection()?.type === 'Range') return;
    const view: unknown = JSON.parse(text);
    if (!isView(view)) return;
    shown = text;
    // Rebuilt whole: small, and what a hand holds (focus on a link, the table's place) is put back.
    const focused = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.href : null;
    const across = room.querySelector('.scroll')?.scrollLeft ?? 0;
    replace(room, ...roomView(view));
    room.querySelector('.scroll')?.scrollTo(across, 0);
    for (const link of room.querySelectorAll('a')) if (link.href === focused) link.focus({ preventScroll: true });
  };

  const beat = (): void => {
    look()
      .catch(() => setText(told, words.lost))
      .then(() => setTimeout(beat, EACH_MS), () => undefined);
  };
  beat();
};

const root = document.getElementById('status');
if (root !== null) run(root);
