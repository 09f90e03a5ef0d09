import { button, h, replace, setText } from './dom.ts';
import type { Status } from './status.ts';
import { words } from './words.ts';

export type Place = 'rest' | 'chant';
const PLACES: readonly Place[] = ['rest', 'chant'];

export interface Layout {
  readonly node: HTMLElement;
  /** Puts a view where it belongs. With `focus` its heading is where a screen reader goes on. */
  put(place: Place, view: HTMLElement, focus?: boolean): void;
  readonly place: Place;
  status(status: Status): void;
  /** There is something to leave. */
  leavable(yes: boolean): void;
}

const focusHeading = (view: HTMLElement): void => {
  view.closest('main')?.scrollTo(0, 0);
  view.querySelector('h1')?.focus({ preventScroll: true });
};

/** Head with the status, two tabs, and the way out, which is always in the same place. */
export const createLayout = (leave: () => void): Layout => {
  let place: Place = 'rest';
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
  const told = h('p', { class: 'status', role: 'status' });
  const panels = { rest: h('div', { class: 'panel', role: 'tabpanel', id: 'panel-rest', 'aria-labelledby': 'tab-rest' }), chant: h('div', { class: 'panel', role: 'tabpanel', id: 'panel-chant', 'aria-labelledby': 'tab-chant', hidden: true }) };
  const tabs = { rest: button(words.tabs.rest, () => choose('rest')), chant: button(words.tabs.chant, () => choose('chant')) };
  const choose = (next: Place): void => {
    place = next;
    PLACES.forEach((each) => {
      tabs[each].setAttribute('aria-selected', String(each === place));
      tabs[each].tabIndex = each === place ? 0 : -1;
      panels[each].hidden = each !== place;
    });
  };
  PLACES.forEach((each) => {
    Object.entries({ role: 'tab', id: `tab-${each}`, 'aria-controls': `panel-${each}`, class: 'push tab' }).forEach(([name, value]) => tabs[each].setAttribute(name, value));
    tabs[each].addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      choose(each === 'rest' ? 'chant' : 'rest');
      tabs[place].focus();
    });
  });
  choose('rest');
  const out = button(words.leave, leave, { class: 'push push-leave' });
  const foot = h('footer', { hidden: true }, out);
  return {
    node: h('div', { class: 'session' },
      h('header', {}, mark, told),
      h('main', {}, h('div', { role: 'tablist', class: 'tabs', 'aria-label': words.tabs.label }, tabs.rest, tabs.chant), panels.rest, panels.chant),
      foot),
    put: (where, view, focus = false) => {
      replace(panels[where], view);
      if (focus) focusHeading(view);
    },
    get place() {
      return place;
    },
    status: ({ mark: kind, text }) => {
      mark.dataset['kind'] = kind;
      setText(told, text);
    },
    leavable: (yes) => {
      foot.hidden = !yes;
    },
  };
};
