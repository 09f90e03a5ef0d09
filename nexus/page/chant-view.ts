import { createCircle } from './circle.ts';
import { button, h, setText } from './dom.ts';
import type { Hum } from './hum.ts';
import { createTapping } from './tapping.ts';
import { words } from './words.ts';

export interface ChantView {
  readonly node: HTMLElement;
  strength(now: number): number;
  draw(now: number): void;
  refresh(): void;
}

/** Those who are awake tap the circle together, or hum. */
export const chantView = (hum: Hum): ChantView => {
  const tapping = createTapping();
  const circle = createCircle(words.chant.circle, { press: () => tapping.tap(performance.now()), release: () => undefined });
  const meter = h('meter', { min: '0', max: '1', value: '0', 'aria-label': words.chant.strength });
  const told = h('p', { class: 'hint' });
  const listen = button(words.chant.hum.start, () => (hum.state === 'on' ? hum.stop() : void hum.start()));
  const refresh = (): void => {
    listen.hidden = hum.state === 'insecure';
    setText(listen, hum.state === 'on' ? words.chant.hum.stop : words.chant.hum.start);
    setText(told, hum.state === 'off' ? '' : words.chant.hum[hum.state]);
  };
  refresh();
  const strength = (now: number): number => Math.max(tapping.strength(now), hum.strength());
  return {
    node: h('section', { class: 'chant' }, h('h1', { class: 'unseen', tabindex: '-1' }, words.chant.title), circle.node, meter, listen, told),
    strength,
    draw: (now) => {
      const level = Math.round(strength(now) * 100) / 100;
      circle.fill(level);
      circle.say('', words.chant.tap);
      if (meter.value !== level) meter.value = level;
    },
    refresh,
  };
};
