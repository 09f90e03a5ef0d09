import type { ReactElement } from 'react';
import { nearestRule, ruleWhen, sceneName } from '../state/rule-words.ts';
import { sameContent, useStudio } from '../state/studio-context.ts';
import type { StudioState } from '../state/studio-state.ts';
import { text } from '../text/text.ts';

export interface NextWords {
  readonly words: string;
  readonly why: string;
  /** 0..1, in steps of 1/50 so that views do not redraw for nothing. */
  readonly progress: number;
}

/** Below this a rule has hardly begun, and saying so would only flicker. */
const NEAR = 0.04;

const selectNext = (state: StudioState): NextWords => {
  const score = state.document?.score;
  if (score === undefined || state.view === null) return { words: text.clock.noNext, why: '', progress: 0 };
  if (state.view.scene.pending !== null) return { words: text.clock.pending(sceneName(score, state.view.scene.pending)), why: '', progress: 1 };
  const next = nearestRule(score, state.view.rules);
  if (next === null || next.progress < NEAR) return { words: text.clock.noNext, why: '', progress: 0 };
  return { words: text.clock.next(sceneName(score, next.rule.to)), why: ruleWhen(next.rule), progress: Math.round(next.progress * 50) / 50 };
};

/** What comes next, in words. */
export const useNext = (): NextWords => useStudio(selectNext, sameContent);

/** What comes next, at the foot of the clock: the nearest rule and how far it has come. */
export const NextScene = (): ReactElement => {
  const next = useNext();
  const quiet = useStudio((state) => state.view?.transport !== 'playing');
  if (quiet) return <g />;
  return (
    <g className="clock-next" aria-hidden="true" textAnchor="middle">
      <text className="clock-next-words" y={138}>{next.words}</text>
      {next.progress > 0 && <rect className="clock-next-bed" x={-52} y={147} width={104} height={4} rx={2} />}
      {next.progress > 0 && <rect className="clock-next-bar" x={-52} y={147} width={104 * next.progress} height={4} rx={2} />}
      {next.why !== '' && <text className="clock-next-why" y={167}>{next.why}</text>}
    </g>
  );
};
