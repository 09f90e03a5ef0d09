import type { ReactElement } from 'react';
import type { Rule, Score } from '../../../core/score/schema.ts';
import { SIGNALS } from '../../../core/signal/collective-frame.ts';
import { Choice } from '../parts/Choice.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { addRuleEdit, removeEdit, setEdit } from '../state/edits.ts';
import { percent } from '../state/format.ts';
import { ruleSentence } from '../state/rule-words.ts';
import { useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const ANY = 'any';
const SIGNAL_OPTIONS = SIGNALS.map((signal) => ({ id: signal, name: text.signals[signal].name }));
const COMPARISONS = [
  { id: 'above' as const, name: text.compose.above },
  { id: 'below' as const, name: text.compose.below },
];

type Set = (path: readonly (string | number)[], value: unknown) => void;

const Conditions = ({ rule, set }: { readonly rule: Rule; readonly set: Set }): ReactElement => (
  <>
    {rule.when.map((condition, at) => (
      <span className="condition" key={at}>
        <span>{at === 0 ? text.compose.ruleWhen : text.compose.ruleAnd}</span>
        <Choice label={text.compose.ruleSignal} hideLabel value={condition.signal} options={SIGNAL_OPTIONS} onChange={(signal) => set(['when', at, 'signal'], signal)} />
        <Choice label={text.compose.ruleIs} hideLabel value={condition.is} options={COMPARISONS} onChange={(is) => set(['when', at, 'is'], is)} />
        <NumberBox label={text.compose.ruleValue} hideLabel value={condition.value} min={0} max={1} step={0.01} unit="percent" onChange={(value) => set(['when', at, 'value'], value)} />
        {rule.when.length > 1 && <PushButton kind="quiet" name={text.compose.removeCondition} onPress={() => set(['when'], rule.when.filter((_, other) => other !== at))}>×</PushButton>}
      </span>
    ))}
  </>
);

const RuleEditor = ({ rule, index, score }: { readonly rule: Rule; readonly index: number; readonly score: Score }): ReactElement => {
  const actions = useActions();
  const progress = useStudio((state) => {
    const now = state.view?.rules.find((entry) => entry.id === rule.id)?.progress;
    return now === undefined ? null : Math.round(now * 100) / 100;
  });
  const scenes = score.scenes.map(({ id, name }) => ({ id, name }));
  const set: Set = (path, value) => actions.edit(setEdit(text.edits.rule, ['rules', index, ...path], value));
  return (
    <li className="rule">
      <p className="rule-said">
        {ruleSentence(rule, score)}
        {progress !== null && <span className="rule-progress">{percent(progress)}</span>}
      </p>
      <div className="rule-fields">
        <span>{text.compose.ruleIn}</span>
        <Choice label={text.compose.ruleIn} hideLabel value={rule.from ?? ANY} options={[{ id: ANY, name: text.rules.anyScene }, ...scenes]} onChange={(from) => set(['from'], from === ANY ? null : from)} />
        <Conditions rule={rule} set={set} />
        {rule.when.length < 4 && <PushButton kind="quiet" onPress={() => set(['when'], [...rule.when, { signal: 'depth', is: 'above', value: 0.5 }])}>{text.compose.addCondition}</PushButton>}
        <span>{text.compose.ruleFor}</span>
        <NumberBox label={text.compose.ruleSeconds} hideLabel value={rule.forSeconds} min={0} max={7200} step={10} unit="s" onChange={(value) => set(['forSeconds'], value)} />
        <span>{text.compose.ruleGo}</span>
        <Choice label={text.compose.ruleGo} hideLabel value={rule.to} options={scenes} onChange={(to) => set(['to'], to)} />
        <span>{text.compose.ruleAt}</span>
        <NumberBox label={text.compose.ruleBars} hideLabel value={rule.atBars} min={1} max={32} unit={text.compose.bars} onChange={(value) => set(['atBars'], value)} />
        <PushButton kind="quiet" onPress={() => actions.edit(removeEdit(text.edits.removeRule, ['rules', index]))}>{text.compose.removeRule}</PushButton>
      </div>
    </li>
  );
};

/** The rules that change scenes: each a sentence, and below it the same sentence with its words to choose. */
export const RulesEditor = ({ score, scene }: { readonly score: Score; readonly scene: string }): ReactElement => {
  const actions = useActions();
  const other = score.scenes.find((entry) => entry.id !== scene)?.id ?? scene;
  return (
    <div className="rules-editor">
      <p className="hint">{text.compose.rulesHint}</p>
      <ol className="rules">
        {score.rules.map((rule, index) => <RuleEditor key={rule.id} rule={rule} index={index} score={score} />)}
      </ol>
      <PushButton isDisabled={score.rules.length >= 128} onPress={() => actions.edit(addRuleEdit(score, scene, other))}>+ {text.compose.addRule}</PushButton>
    </div>
  );
};
