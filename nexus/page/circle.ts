import { h, setText } from './dom.ts';

export interface Circle {
  readonly node: HTMLButtonElement;
  /** How full it is drawn, 0..1. */
  fill(amount: number): void;
  say(words: string, small: string): void;
}

export interface CircleHands {
  readonly press: () => void;
  readonly release: () => void;
}

/** The large circle that a finger, a space bar or an enter key presses. */
export const createCircle = (label: string, { press, release }: CircleHands): Circle => {
  const words = h('span', { class: 'circle-words' });
  const small = h('span', { class: 'circle-small' });
  const disc = h('span', { class: 'circle-disc' });
  const node = h('button', { type: 'button', class: 'circle', 'aria-label': label }, disc, h('span', { class: 'circle-text', 'aria-hidden': 'true' }, words, small));
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let down = false;
  let drawn = -1;
  const change = (next: boolean): void => {
    if (next === down) return;
    down = next;
    node.classList.toggle('circle-down', down);
    if (down) press();
    else release();
  };
  node.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    change(true);
  });
  ['pointerup', 'pointercancel', 'lostpointercapture', 'blur'].forEach((name) => node.addEventListener(name, () => change(false)));
  // A long press is a breath here, not a menu.
  node.addEventListener('contextmenu', (event) => event.preventDefault());
  const isKey = (event: KeyboardEvent): boolean => event.key === ' ' || event.key === 'Enter';
  node.addEventListener('keydown', (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    if (!event.repeat) change(true);
  });
  node.addEventListener('keyup', (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    change(false);
  });
  // A screen reader's "activate" is a click without a pointer: it stands for turning from in to out and back.
  node.addEventListener('click', (event) => {
    if (event.detail === 0) change(!down);
  });
  return {
    node,
    fill: (amount) => {
      // Where less motion is wished for, words and colour tell it alone.
      const next = calm.matches ? 0.6 : Math.round(amount * 500) / 500;
      if (next === drawn) return;
      drawn = next;
      disc.style.transform = `scale(${0.52 + 0.48 * next})`;
    },
    say: (text, more) => {
      setText(words, text);
      setText(small, more);
    },
  };
};
