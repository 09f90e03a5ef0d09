import type { ReactElement } from 'react';
import type { Macro, Score } from '../../../core/score/schema.ts';
import { ControlMenu } from '../parts/ControlMenu.tsx';
import { Knob } from '../parts/Knob.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useActions, useStudio } from '../state/studio-context.ts';
import { numberedKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

const MacroKnob = ({ macro, number }: { readonly macro: Macro; readonly number: number }): ReactElement => {
  const actions = useActions();
  const value = useStudio((state) => state.view?.macros.find((entry) => entry.id === macro.id)?.value ?? macro.value);
  const set = (next: number): void => actions.input({ kind: 'macro', macro: macro.id, value: next });
  return (
    <li className="macro">
      <Knob label={text.perform.macro(macro.name)} value={value} rest={macro.value} onChange={set} id={`macro-${number}`} />
      <ControlMenu name={text.perform.macro(macro.name)} learns={[{ target: { kind: 'macro', macro: macro.id } }]} onReset={() => set(macro.value)} tip={macro.name} keys={numberedKeys('macro', number)}>
        {macro.name}
      </ControlMenu>
      <NumberBox label={text.perform.macroValue(macro.name)} hideLabel value={Math.round(value * 100) / 100} onChange={set} min={0} max={1} step={0.01} unit="percent" />
    </li>
  );
};

/** The eight hands-on controls. */
export const Macros = ({ score }: { readonly score: Score }): ReactElement => (
  <Panel title={text.perform.macros} className="macros-panel">
    {score.macros.length === 0 ? (
      <p className="hint">{text.perform.empty}</p>
    ) : (
      <ol className="macros">
        {score.macros.map((macro, index) => <MacroKnob key={macro.id} macro={macro} number={index + 1} />)}
      </ol>
    )}
  </Panel>
);
