import { createCircle } from './circle.ts';
import type { Choices } from './consent-view.ts';
import { button, choice, h, setText, toggle } from './dom.ts';
import { paced, type Pace } from './guide.ts';
import type { AwakeScreen, MotionSensor } from './sensors.ts';
import type { TouchBreath } from './touch-breath.ts';
import { words } from './words.ts';

export interface RestView {
  readonly node: HTMLElement;
  readonly resting: boolean;
  /** Draws this moment. @param now milliseconds */
  draw(now: number): void;
  /** Sensors or the screen changed. */
  refresh(): void;
}

export interface RestHands {
  readonly breath: TouchBreath;
  readonly motion: MotionSensor;
  readonly screen: AwakeScreen;
  readonly choices: Choices;
  readonly expiresAt: number;
  readonly choose: (choices: Choices) => void;
  readonly rest: (resting: boolean) => void;
}

/** While resting the guide goes on for so long, then the circle lies still. */
const GUIDE_AT_REST_MS = 10 * 60_000;

const sensors = ({ motion, screen }: RestHands): { readonly node: HTMLElement; readonly refresh: () => void } => {
  const feels = h('p', { class: 'hint' });
  const allow = button(words.pod.motion.allow, () => void motion.allow());
  const stays = h('p', { class: 'hint' });
  const refresh = (): void => {
    allow.hidden = motion.state !== 'ask';
    setText(feels, motion.state === 'ask' ? '' : words.pod.motion[motion.state]);
    setText(stays, screen.held ? words.pod.screen.on : words.pod.screen.off);
  };
  refresh();
  return { node: h('div', { class: 'sensors' }, h('h2', {}, words.pod.motion.title), feels, allow, h('h2', {}, words.pod.screen.title), stays), refresh };
};

const allowed = ({ choices, choose, expiresAt }: RestHands): HTMLElement => {
  let now = choices;
  const change = (part: Partial<Choices>): void => {
    now = { ...now, ...part };
    choose(now);
  };
  const until = new Date(expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return h('div', {},
    h('h2', {}, words.pod.allow),
    toggle(words.consent.record, choices.record, (record) => change({ record })),
    toggle(words.consent.publish, choices.publish, (publish) => change({ publish })),
    h('p', { class: 'hint' }, words.pod.until(until)));
};

/** The pod: a circle to breathe with, rest or wake, and what this phone can feel. */
export const restView = (hands: RestHands): RestView => {
  const { breath } = hands;
  let resting = false;
  let restingSince = 0;
  let pace: Pace = 'slow';
  let down = false;
  const circle = createCircle(words.pod.circle, {
    press: () => {
      down = true;
      breath.press(performance.now());
    },
    release: () => {
      down = false;
      breath.release(performance.now());
    },
  });
  const told = h('p', { class: 'hint told' });
  const sensing = sensors(hands);
  const restHint = h('p', { class: 'hint rest-hint' }, words.pod.restHint);
  const guide = choice(words.pod.guide.label, [['off', words.pod.guide.off], ['slow', words.pod.guide.slow], ['gentle', words.pod.guide.gentle]], pace, (value) => {
    pace = value;
  });
  const node = h('section', { class: 'rest' },
    h('h1', { class: 'unseen', tabindex: '-1' }, words.pod.title),
    circle.node,
    told,
    h('div', { class: 'choice-state' }, choice(words.pod.state.label, [['awake', words.pod.state.awake], ['rest', words.pod.state.rest]], 'awake', (value) => {
      resting = value === 'rest';
      restingSince = performance.now();
      hands.rest(resting);
    })),
    restHint,
    h('details', {}, h('summary', {}, words.pod.more), guide, sensing.node, allowed(hands)));

  /** A finger counts before the guide. */
  const draw = (now: number): void => {
    const touched = breath.read(now);
    const rate = touched === null ? words.pod.noRate : words.pod.rate((touched.respHz * 60).toFixed(1));
    setText(told, rate);
    const guided = pace !== 'off' && !(resting && now - restingSince > GUIDE_AT_REST_MS) ? paced(pace, now) : null;
    if (guided !== null) {
      circle.fill(guided.fill);
      circle.say(guided.inward ? words.pod.guideIn : words.pod.guideOut, guided.inward ? words.pod.guideInHow : words.pod.guideOutHow);
    } else {
      circle.fill(down ? 1 : touched === null ? 0.5 : 0);
      circle.say('', down ? words.pod.letGo : words.pod.hold);
    }
  };

  return {
    node,
    get resting() {
      return resting;
    },
    draw,
    refresh: sensing.refresh,
  };
};
