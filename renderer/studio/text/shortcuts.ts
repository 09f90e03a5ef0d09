/**
 * Every shortcut in one table: the keyboard handler acts by it, tooltips show it, docs/keyboard.md lists it
 * (a test compares them). `keys` is one chord, or two keys one after the other; `#` stands for a digit.
 */
export const SHORTCUTS = [
  { id: 'play', keys: 'Space', does: 'Play, or play on after a stop' },
  { id: 'fade', keys: 'Shift+Space', does: 'Gentle stop' },
  { id: 'panic', keys: 'Ctrl+.', does: 'Panic: silence at once' },
  { id: 'scene', keys: '#', does: 'Go to scene 1 to 9' },
  { id: 'macro', keys: 'M #', does: 'Take hold of macro 1 to 8' },
  { id: 'layer', keys: 'L #', does: 'Take hold of the level of layer 1 to 9' },
  { id: 'mute', keys: 'X #', does: 'Mute or open layer 1 to 9' },
  { id: 'freeze', keys: 'Q', does: 'Freeze' },
  { id: 'follow', keys: 'W', does: 'Follow the sleepers' },
  { id: 'lead', keys: 'E', does: 'Lead by hand' },
  { id: 'dim', keys: 'D', does: 'Dim mode on or off' },
  { id: 'perform', keys: 'Ctrl+1', does: 'Perform' },
  { id: 'compose', keys: 'Ctrl+2', does: 'Compose' },
  { id: 'gathering', keys: 'Ctrl+3', does: 'Gathering' },
  { id: 'library', keys: 'Ctrl+4', does: 'Library' },
  { id: 'export', keys: 'Ctrl+5', does: 'Export' },
  { id: 'undo', keys: 'Ctrl+Z', does: 'Undo' },
  { id: 'redo', keys: 'Ctrl+Shift+Z', does: 'Redo' },
  { id: 'open', keys: 'Ctrl+O', does: 'Open a score' },
  { id: 'save', keys: 'Ctrl+S', does: 'Save' },
  { id: 'saveAs', keys: 'Ctrl+Shift+S', does: 'Save as' },
  { id: 'giveUp', keys: 'Escape', does: 'Stop waiting for a MIDI control' },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

export const shortcutKeys = (id: ShortcutId): string => SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? '';

/** The keys of a numbered shortcut: `M 3`. */
export const numberedKeys = (id: ShortcutId, number: number): string => shortcutKeys(id).replace('#', String(number));
