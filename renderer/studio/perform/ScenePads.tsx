import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import type { Rule, Scene, Score } from '../../../core/score/schema.ts';
import { ControlMenu } from '../parts/ControlMenu.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Tip } from '../parts/Tip.tsx';
import { percent, spanWords } from '../state/format.ts';
import { nearestRule, ruleWhen } from '../state/rule-words.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { numberedKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

/** Rules that lead to a scene and may fire from where the music is. */
const rulesTo = (score: Score, scene: string, now: string | null): readonly Rule[] =>
  score.rules.filter((rule) => rule.to === scene && scene !== now && (rule.from === null || rule.from === now));

/** `nearest`: of several rules to one scene the one that has come furthest; on a small screen it alone is shown. */
const RuleLine = ({ rule, nearest }: { readonly rule: Rule; readonly nearest: boolean }): ReactElement => {
  const progress = useStudio((state) => Math.round((state.view?.rules.find((entry) => entry.id === rule.id)?.progress ?? 0) * 100) / 100);
  return (
    <span className={nearest ? 'rule-line rule-nearest' : 'rule-line'}>
      <span className="rule-bar" aria-hidden="true"><span style={{ inlineSize: `${progress * 100}%` }} /></span>
      <span className="rule-words">{ruleWhen(rule)}</span>
      <span className="rule-share">{percent(progress)}</span>
    </span>
  );
};

const Pad = ({ scene, number, score }: { readonly scene: Scene; readonly number: number; readonly score: Score }): ReactElement => {
  const actions = useActions();
  const role = useStudio((state) => (state.view?.scene.id === scene.id ? 'current' : state.view?.scene.pending === scene.id ? 'pending' : 'other'));
  const now = useStudio((state) => state.view?.scene.id ?? null);
  const since = useStudio((state) => (state.view === null ? 0 : Math.max(0, Math.floor((state.view.t - state.view.scene.since) / 60e6))));
  const rules = rulesTo(score, scene.id, now);
  const nearest = useStudio((state) => nearestRule({ rules }, state.view?.rules ?? [])?.rule.id ?? rules[0]?.id);
  return (
    <li className={`pad pad-${role}`}>
      <Tip words={text.perform.go(scene.name)} {...(number <= 9 ? { keys: numberedKeys('scene', number) } : {})}>
        <Button className="pad-button" onPress={() => actions.input({ kind: 'scene', scene: scene.id })} aria-current={role === 'current'}>
          <span className="pad-head">
            <span className="pad-number" aria-hidden="true">{number}</span>
            <span className="pad-name">{scene.name}</span>
            {role === 'current' && <span className="badge badge-now">{text.perform.current}{since > 0 ? ` · ${spanWords(since * 60)}` : ''}</span>}
            {role === 'pending' && <span className="badge badge-next">{text.perform.pending}</span>}
          </span>
          {rules.map((rule) => <RuleLine key={rule.id} rule={rule} nearest={rule.id === nearest} />)}
        </Button>
      </Tip>
      <ControlMenu name={text.events.scene(scene.name)} learns={[{ target: { kind: 'scene', scene: scene.id } }]} tip={text.control.learn(null)}>
        <svg className="icon" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="2" r="1" /><circle cx="6" cy="6" r="1" /><circle cx="6" cy="10" r="1" /></svg>
      </ControlMenu>
    </li>
  );
};

/** The scenes of the score as pads, in the order of the night, each with the rules that lead to it. */
export const ScenePads = ({ score }: { readonly score: Score }): ReactElement => {
  const scenes = useStudio((state) => state.document?.score.scenes ?? [], sameContent);
  return (
    <Panel title={text.perform.scenes} className="scenes">
      <ol className="pads">
        {scenes.map((scene, index) => <Pad key={scene.id} scene={scene} number={index + 1} score={score} />)}
      </ol>
    </Panel>
  );
};
