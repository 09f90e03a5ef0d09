import type { Actions } from '../state/actions.ts';
import type { Store } from '../state/store.ts';
import type { StudioState } from '../state/studio-state.ts';
import { SHORTCUTS, type ShortcutId } from '../text/shortcuts.ts';

/** How long the first key of two (M, then 3) waits for the second. */
const PREFIX_MS = 1500;

/** A chord as the table writes it: `Ctrl+Shift+Z`, `Space`, `M`, `3`. On a Mac Command stands for Ctrl. */
export const chordOf = (event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string => {
  const control = event.ctrlKey || event.metaKey;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const key = event.key === ' ' ? 'Space' : (digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key));
  const shift = event.shiftKey && (control || key === 'Space');
  return `${control ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
};

export interface Hit {
  readonly id: ShortcutId;
  readonly number: number | null;
}

/** What a chord means after a prefix (or none): a shortcut, the beginning of one, or nothing. */
export const matchChord = (chord: string, prefix: string | null): Hit | 'prefix' | null => {
  const digit = /^[1-9]$/.test(chord) ? chord : null;
  const wanted = `${prefix === null ? '' : `${prefix} `}${digit === null ? chord : '#'}`;
  const exact = SHORTCUTS.find((shortcut) => shortcut.keys === wanted);
  if (exact !== undefined) return { id: exact.id, number: digit === null ? null : Number(digit) };
  if (prefix === null && SHORTCUTS.some((shortcut) => shortcut.keys.startsWith(`${chord} `))) return 'prefix';
  return null;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'radio' && target.type !== 'checkbox'));

/** Space presses a button and opens a list; there it is no shortcut. Letters and digits search in lists. */
const takesSpace = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('button, [role=option], [role=menuitem], [role=gridcell], input[type=radio], input[type=checkbox]') !== null;
const searches = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role=listbox], [role=menu], [role=option], [role=menuitem]') !== null;

const act = ({ id, number }: Hit, store: Store<StudioState>, actions: Actions, root: Document): void => {
  const { document, view, dim } = store.get();
  const score = document?.score;
  const place = number === null ? 0 : number - 1;
  const layer = score?.layers[place];
  const scene = score?.scenes[place];
  const take = (element: string): void => {
    actions.go('perform');
    const hold = (): void => {
      const found = root.getElementById(element);
      const input = found instanceof HTMLInputElement ? found : found?.querySelector('input');
      input?.focus();
    };
    root.defaultView?.requestAnimationFrame(() => root.defaultView?.requestAnimationFrame(hold));
  };
  switch (id) {
    case 'scene':
      return scene === undefined ? undefined : actions.input({ kind: 'scene', scene: scene.id });
    case 'macro':
      return take(`macro-${number}`);
    case 'layer':
      return take(`level-${number}`);
    case 'mute': {
      if (layer === undefined) return undefined;
      const muted = view?.layers.find((entry) => entry.id === layer.id)?.muted ?? layer.muted;
      return actions.input({ kind: 'mute', layer: layer.id, muted: !muted });
    }
    case 'freeze':
    case 'follow':
    case 'lead':
      return actions.input({ kind: 'mode', mode: id });
    case 'dim':
      return actions.setDim(!dim);
    case 'perform':
    case 'compose':
    case 'gathering':
    case 'library':
    case 'export':
      return actions.go(id);
    case 'giveUp':
      return view?.learning == null ? undefined : actions.learn(null);
    default:
      return actions[id]();
  }
};

/** Listens for the shortcuts of the table. */
export const listenToKeys = (root: Document, store: Store<StudioState>, actions: Actions): void => {
  let prefix: { readonly chord: string; readonly at: number } | null = null;
  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
    const chord = chordOf(event);
    const single = !chord.startsWith('Ctrl+') && chord !== 'Escape';
    if (single && (!store.get().singleKeys || isTyping(event.target) || searches(event.target))) return;
    if (chord.endsWith('Space') && takesSpace(event.target)) return;
    // In a text field Ctrl+Z is the field's own.
    if ((chord === 'Ctrl+Z' || chord === 'Ctrl+Shift+Z') && isTyping(event.target)) return;
    const waiting = prefix !== null && event.timeStamp - prefix.at < PREFIX_MS ? prefix.chord : null;
    prefix = null;
    const hit = matchChord(chord, waiting) ?? matchChord(chord, null);
    if (hit === null || (event.repeat && hit !== 'prefix')) return;
    if (hit !== 'prefix' && hit.id === 'giveUp') return act(hit, store, actions, root);
    event.preventDefault();
    if (hit === 'prefix') prefix = { chord, at: event.timeStamp };
    else act(hit, store, actions, root);
  });
};
