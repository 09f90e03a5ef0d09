import { button, h, setText } from './dom.ts';
import { words } from './words.ts';

export type Farewell = 'leaving' | 'sure' | 'unsure';

export interface GoneView {
  readonly node: HTMLElement;
  farewell(state: Farewell): void;
}

/** What leaving took out, and what it cannot. */
export const goneView = (
  was: { readonly pod: boolean; readonly chant: boolean; readonly recorded: boolean; readonly published: boolean; readonly why: 'left' | 'ended' | 'removed' },
  again: () => void,
): GoneView => {
  const text = words.gone;
  const status = h('p', { class: 'lead', role: 'status' }, text.leaving);
  const out = h('li', { hidden: !was.pod }, text.outSoon);
  const why = was.why === 'left' ? [] : [h('li', {}, text[was.why])];
  const lines = [
    ...(was.chant ? [text.outChant] : []),
    ...(was.recorded ? [text.recorded] : []),
    ...(was.published ? [text.published] : []),
  ];
  return {
    node: h('main', { class: 'card' }, h('h1', { tabindex: '-1' }, text.title), status, h('ul', {}, ...why, out, ...lines.map((line) => h('li', {}, line))), button(text.again, again)),
    farewell: (state) => {
      setText(status, text[state]);
      // Said only once the Nexus has said it.
      setText(out, state === 'sure' ? text.out : text.outSoon);
    },
  };
};

/** A link that opens nothing. */
export const brokenView = (why: 'missing' | 'refused'): HTMLElement =>
  h('main', { class: 'card' }, h('h1', { tabindex: '-1' }, words.broken.title), h('p', { class: 'lead' }, words.broken[why]));
