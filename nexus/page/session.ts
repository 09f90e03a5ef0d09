import type { Crowd, ToPage } from '../adapters/page/messages.ts';
import type { Clock } from '../clock.ts';
import type { Verdict } from '../guard/verdict.ts';
import { chantView, type ChantView } from './chant-view.ts';
import { chantConsentView, consentView, type Choices } from './consent-view.ts';
import { replace } from './dom.ts';
import { brokenView, goneView } from './gone-view.ts';
import { createHum } from './hum.ts';
import { createLayout } from './layout.ts';
import { createLine, type Line, type Socket } from './line.ts';
import { CONSENT_MS, consentOf, createPod, randomHex, type Consent } from './pod.ts';
import { restView, type RestView } from './rest-view.ts';
import { createAwakeScreen, createMotionSensor } from './sensors.ts';
import { statusOf } from './status.ts';
import { createTouchBreath } from './touch-breath.ts';

export interface Session {
  /** Says good-bye without a word to the person: the page is being closed. */
  vanish(): void;
}

export interface SessionOptions {
  readonly root: HTMLElement;
  readonly token: string;
  readonly connect: () => Socket;
  readonly clock: Clock;
  /** The person comes back after having left. */
  readonly again: () => void;
}

const FRAME_MS = 1_000;
const CHANT_MS = 250;
/** What is weaker than this is silence. */
const FAINT = 0.02;
/** Good-byes are tried for so long; then the Nexus has dropped the pod by itself (three minutes). */
const FAREWELL_MS = 180_000;
const REPEAT_MS = 5_000;
/** Answers in a row after which another sid may help: the Nexus holds the old one against us. */
const STUCK = 5;
const STALE_SID: readonly Verdict[] = ['not its own', 'replayed', 'clock'];

/** One visit: from the consent card to leaving. */
export const createSession = ({ root, token, connect, clock, again }: SessionOptions): Session => {
  let gathering: string | null = null;
  let consent: Consent | null = null;
  let everRecorded = false;
  let everPublished = false;
  let pod = createPod();
  let stuck = 0;
  let frame: Verdict | null = null;
  let chanting: Verdict | null = null;
  let crowd: Crowd | null = null;
  let rest: RestView | null = null;
  let chant: ChantView | null = null;
  let sounding = false;
  let left: { readonly answered: () => void; readonly opened: () => void; readonly lost: () => void } | null = null;
  const breath = createTouchBreath();
  const refresh = (): void => {
    rest?.refresh();
    chant?.refresh();
  };
  const motion = createMotionSensor(refresh);
  const screen = createAwakeScreen(refresh);
  const hum = createHum(refresh);
  const layout = createLayout(() => leave('left'));
  const timers: (() => void)[] = [];

  const update = (): void => {
    if (left === null) layout.status(statusOf(line.state, { pod: consent !== null, chant: chant !== null, frame, chanting, crowd }));
  };

  const sendFrame = (): void => {
    if (consent === null || rest === null) return;
    if (Date.now() >= consent.expiresAt) return leave('ended');
    const now = performance.now();
    line.send({ kind: 'frame', frame: pod.frame({ resting: rest.resting, breath: breath.read(now), motion: motion.read(now) }, consent, now) });
  };

  const sendChant = (): void => {
    if (chant === null) return;
    const strength = chant.strength(performance.now());
    if (strength < FAINT && !sounding) return;
    sounding = strength >= FAINT;
    line.send({ kind: 'chant', strength: sounding ? Math.round(strength * 1_000) / 1_000 : 0 });
  };

  const choose = (choices: Choices): void => {
    if (consent === null) return;
    consent = { ...consent, ...choices };
    everRecorded ||= choices.record;
    everPublished ||= choices.publish;
    line.send({ kind: 'consent', sid: pod.sid, consent: consentOf(consent) });
  };

  const agree = (choices: Choices): void => {
    consent = { ...choices, expiresAt: Date.now() + CONSENT_MS };
    everRecorded = choices.record;
    everPublished = choices.publish;
    rest = restView({
      breath, motion, screen, choices, expiresAt: consent.expiresAt, choose,
      rest: (resting) => root.classList.toggle('resting', resting),
    });
    layout.put('rest', rest.node, true);
    layout.leavable(true);
    screen.hold();
    sendFrame();
    update();
  };

  const agreeToChant = (): void => {
    chant = chantView(hum);
    layout.put('chant', chant.node, true);
    layout.leavable(true);
    screen.hold();
    update();
  };

  const end = (): void => {
    timers.forEach((stop) => stop());
    motion.stop();
    hum.stop();
    screen.release();
    root.classList.remove('resting');
  };

  const leave = (why: 'left' | 'ended' | 'removed'): void => {
    if (left !== null) return;
    const was = { pod: consent !== null, chant: chant !== null };
    const { sid } = pod;
    if (sounding) line.send({ kind: 'chant', strength: 0 });
    consent = null;
    end();
    const view = goneView({ ...was, recorded: everRecorded, published: everPublished, why }, again);
    const opened = (): void => {
      if (!line.send({ kind: 'bye', sid })) view.farewell('unsure');
    };
    // Said again where no answer comes: a line that is dead without knowing it is given up by that.
    const repeating = setInterval(opened, REPEAT_MS);
    const over = (): void => {
      clearInterval(repeating);
      line.close();
    };
    const answered = (): void => {
      view.farewell('sure');
      over();
    };
    left = { answered, opened, lost: () => view.farewell('unsure') };
    replace(root, view.node);
    scrollTo(0, 0);
    view.node.querySelector('h1')?.focus({ preventScroll: true });
    if (!was.pod || why === 'removed') return answered();
    opened();
    clock.after(FAREWELL_MS, over);
  };

  const hear = (message: ToPage): void => {
    switch (message.kind) {
      case 'welcome':
        if (gathering === null && consent === null && left === null) {
          ({ gathering } = message);
          layout.put('rest', consentView(gathering, agree));
        }
        break;
      case 'verdict':
        ({ crowd } = message);
        if (message.verdict === 'removed') return leave('removed');
        if (message.of === 'chant') chanting = message.verdict;
        if (message.of === 'frame') {
          frame = message.verdict;
          stuck = STALE_SID.includes(frame) ? stuck + 1 : 0;
          if (stuck >= STUCK) {
            pod = createPod();
            stuck = 0;
          }
        }
        break;
      case 'gone':
        left?.answered();
        break;
      case 'no way in':
        if (left === null) {
          end();
          replace(root, brokenView('refused'));
        }
        break;
    }
    update();
  };

  const line: Line = createLine({
    connect, clock, token, key: randomHex(16),
    onState: (state) => {
      if (state.kind === 'open') left?.opened();
      else frame = chanting = null;
      if (state.kind === 'waiting') left?.lost();
      update();
    },
    onMessage: hear,
  });

  const draw = (): void => {
    const now = performance.now();
    if (layout.place === 'rest') rest?.draw(now);
    else chant?.draw(now);
    drawing = requestAnimationFrame(draw);
  };
  let drawing = requestAnimationFrame(draw);
  const every = (milliseconds: number, call: () => void): void => {
    const timer = setInterval(call, milliseconds);
    timers.push(() => clearInterval(timer));
  };
  const hurry = (): void => {
    if (document.visibilityState === 'visible') line.hurry();
  };
  every(FRAME_MS, sendFrame);
  every(CHANT_MS, sendChant);
  timers.push(() => cancelAnimationFrame(drawing));
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  layout.put('rest', consentView(null, agree));
  layout.put('chant', chantConsentView(agreeToChant));
  replace(root, layout.node);
  update();

  return {
    vanish: () => {
      if (consent !== null) line.send({ kind: 'bye', sid: pod.sid });
      end();
      line.close();
    },
  };
};
