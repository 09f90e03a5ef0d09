import type { Crowd } from '../adapters/page/messages.ts';
import type { Verdict } from '../guard/verdict.ts';
import type { LineState } from './line.ts';
import { words } from './words.ts';

/** What the head of the page says: one mark, one sentence. */
export interface Status {
  readonly mark: 'heard' | 'waiting' | 'off' | 'trouble';
  readonly text: string;
}

export interface Heard {
  readonly pod: boolean;
  readonly chant: boolean;
  /** The last answers. */
  readonly frame: Verdict | null;
  readonly chanting: Verdict | null;
  readonly crowd: Crowd | null;
}

const taken = (crowd: Crowd | null): Status => {
  if (crowd === null) return { mark: 'waiting', text: words.status.begun };
  if (crowd.heard && crowd.atLeast >= 5) return { mark: 'heard', text: words.status.heard(crowd) };
  return { mark: 'waiting', text: crowd.atLeast < 5 ? words.status.few : words.status.notYet };
};

const refused = (verdict: Exclude<Verdict, 'taken' | 'waiting'>): Status => ({ mark: 'trouble', text: words.status.refused[verdict] });

const podStatus = ({ frame, crowd }: Heard): Status => {
  if (frame === null) return { mark: 'waiting', text: words.status.begun };
  if (frame === 'waiting') return { mark: 'waiting', text: words.status.batch };
  return frame === 'taken' ? taken(crowd) : refused(frame);
};

const chantStatus = ({ chanting, crowd }: Heard): Status => {
  if (chanting === null || chanting === 'waiting') return { mark: 'waiting', text: words.status.chantReady };
  if (chanting !== 'taken') return refused(chanting);
  return crowd?.heard === true ? { mark: 'heard', text: words.status.chantTaken } : { mark: 'waiting', text: words.status.chantReady };
};

/** What is said of the way to the Nexus and of what it answers. */
export const statusOf = (line: LineState, heard: Heard): Status => {
  switch (line.kind) {
    case 'connecting':
      return { mark: 'waiting', text: words.status.connecting };
    case 'waiting':
      return { mark: 'off', text: words.status.waiting };
    case 'shut':
      return { mark: 'trouble', text: words.broken.refused };
    case 'closed':
      return { mark: 'off', text: words.gone.title };
    case 'open':
      if (heard.pod) return podStatus(heard);
      return heard.chant ? chantStatus(heard) : { mark: 'off', text: words.status.nothingSent };
  }
};
