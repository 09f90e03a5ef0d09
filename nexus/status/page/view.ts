import type { PodCard, RoomView } from '../../../core/ipc/room.ts';
import { h } from '../../page/dom.ts';
import { words } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';

const code = ({ circle, qr }: RoomView['join'][number]): SVGSVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  const bed = document.createElementNS(SVG, 'rect');
  const path = document.createElementNS(SVG, 'path');
  Object.entries({ viewBox: `0 0 ${qr.size} ${qr.size}`, role: 'img', 'aria-label': words.join.code(circle), 'shape-rendering': 'crispEdges', class: 'code' }).forEach(([name, value]) => svg.setAttribute(name, value));
  Object.entries({ width: '100%', height: '100%', class: 'code-bed' }).forEach(([name, value]) => bed.setAttribute(name, value));
  path.setAttribute('d', qr.path);
  svg.append(bed, path);
  return svg;
};

const section = (title: string, ...content: readonly (Node | string)[]): HTMLElement => h('section', {}, h('h2', {}, title), ...content);
const quality = (value: number): string => (value === 0 ? '–' : words.pods.quality(value));

const podRow = (pod: PodCard): HTMLElement =>
  h('tr', { class: `pod pod-${pod.state}` },
    h('th', { scope: 'row' }, pod.name),
    h('td', {}, pod.circle),
    h('td', {}, pod.trouble === null ? words.pods.states[pod.state] : `${words.pods.states[pod.state]}: ${pod.trouble}`),
    h('td', {}, words.pods.age(pod.age)),
    ...(['eeg', 'hr', 'resp', 'motion'] as const).map((sensor) => h('td', { class: 'number' }, quality(pod.quality[sensor]))),
    h('td', {}, words.pods.allows(pod)),
    h('td', { class: 'number' }, String(pod.refused)));

const pods = (view: RoomView): HTMLElement => {
  if (view.pods.length === 0) return h('p', {}, words.pods.none);
  const text = words.pods;
  const heads = [text.name, text.circle, text.state, text.heard, text.sensors.eeg, text.sensors.hr, text.sensors.resp, text.sensors.motion, text.consents, text.refused];
  const hidden = view.counts.live + view.counts.waiting - view.pods.length;
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': text.title },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, ...view.pods.map(podRow))),
    ...(hidden > 0 ? [h('p', {}, text.more(hidden))] : []));
};

/** Everything the host sees of the room, as one tree. */
export const roomView = (view: RoomView): readonly HTMLElement[] => [
  h('p', { class: 'count' }, words.counts(view)),
  h('p', {}, [words.waiting(view), words.limited(view)].join(' ')),
  section(words.join.title, view.join.length === 0 ? h('p', {}, words.join.none) : h('ul', { class: 'ways' }, ...view.join.map((way) =>
    h('li', {}, code(way), h('div', {}, h('strong', {}, words.join.circle(way.circle)), h('a', { href: way.url }, way.url)))))),
  section(words.sources.title, h('ul', { class: 'sources' }, ...view.adapters.map(({ name, state, words: said }) =>
    h('li', {}, h('span', { class: 'mark', 'data-state': state, 'aria-hidden': 'true' }), h('span', {}, h('strong', {}, name), ` (${words.sources.states[state]}) `, said))))),
  section(words.pods.title, pods(view)),
  section(words.realms.title, h('ul', { class: 'realms' }, ...view.realms.map((circles) => h('li', {}, words.realms.one(circles))))),
  section(words.chant.title, h('p', {}, words.chant.now(view)), h('meter', { min: '0', max: '1', value: String(view.chant), 'aria-label': words.chant.strength })),
];
