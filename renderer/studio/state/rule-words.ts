import type { Rule, Score } from '../../../core/score/schema.ts';
import { text } from '../text/text.ts';
import { spanWords } from './format.ts';

type Condition = Rule['when'][number];

/** "60% in N3", "depth above 0.60". Shares of a stage read as people in that stage. */
export const conditionWords = (condition: Condition): string => {
  const share = `${Math.round(condition.value * 100)}%`;
  return condition.signal.startsWith('share')
    ? text.rules.share(condition.is, share, text.stages[condition.signal.slice(5) as 'W' | 'N1' | 'N2' | 'N3' | 'R'].short)
    : text.rules.measure(text.signals[condition.signal].name, condition.is, share);
};

export const sceneName = (score: Score, id: string | null): string => (id === null ? text.rules.anyScene : (score.scenes.find((scene) => scene.id === id)?.name ?? id));

/** When a rule fires: "60% in N3 for 3 min". */
export const ruleWhen = (rule: Rule): string => {
  const conditions = rule.when.map(conditionWords).join(text.rules.and);
  return rule.forSeconds > 0 ? text.rules.lasting(conditions, spanWords(rule.forSeconds)) : conditions;
};

/** The whole rule: "60% in N3 for 3 min → Deep, at the next 8 bars". */
export const ruleSentence = (rule: Rule, score: Score): string => text.rules.sentence(ruleWhen(rule), sceneName(score, rule.to), rule.atBars);

export interface Next {
  readonly rule: Rule;
  readonly progress: number;
}

/** The rule that is nearest to firing: what comes next. Null while none may fire. */
export const nearestRule = (score: Pick<Score, 'rules'>, progress: readonly { readonly id: string; readonly progress: number }[]): Next | null => {
  let best: Next | null = null;
  for (const entry of progress) {
    const rule = score.rules.find((candidate) => candidate.id === entry.id);
    if (rule !== undefined && (best === null || entry.progress > best.progress)) best = { rule, progress: entry.progress };
  }
  return best;
};
