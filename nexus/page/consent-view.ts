import { button, h, toggle } from './dom.ts';
import { words } from './words.ts';

export interface Choices {
  readonly record: boolean;
  readonly publish: boolean;
}

/** What a person reads and chooses before anything is sent. Nothing is on but by their own press. */
export const consentView = (gathering: string | null, agree: (choices: Choices) => void): HTMLElement => {
  const text = words.consent;
  let choices: Choices = { record: false, publish: false };
  const point = (title: string, ...sentences: readonly string[]): Node => h('div', {}, h('dt', {}, title), h('dd', {}, sentences.join(' ')));
  return h('section', { class: 'card' },
    h('h1', { tabindex: '-1' }, text.title),
    h('p', { class: 'lead' }, text.lead),
    h('dl', {},
      point(text.what.title, text.what.text),
      point(text.whom.title, text.whom.text(gathering), ...(window.isSecureContext ? [] : [text.whom.plain])),
      point(text.five.title, text.five.text),
      point(text.leave.title, text.leave.text)),
    toggle(text.record, false, (record) => {
      choices = { ...choices, record };
    }),
    toggle(text.publish, false, (publish) => {
      choices = { ...choices, publish };
    }),
    h('p', { class: 'hint' }, `${text.ends} ${text.later}`),
    button(text.agree, () => agree(choices), { class: 'push push-main' }));
};

/** The chant's own small consent. */
export const chantConsentView = (agree: () => void): HTMLElement =>
  h('section', { class: 'card' },
    h('h1', { tabindex: '-1' }, words.chant.title),
    h('p', { class: 'lead' }, words.chant.lead),
    h('p', {}, words.chant.sent),
    h('p', {}, words.consent.leave.text),
    button(words.chant.agree, agree, { class: 'push push-main' }));
