import type { ReactElement } from 'react';
import { PARAMETERS, type Macro, type Score } from '../../../core/score/schema.ts';
import { Choice } from '../parts/Choice.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { ShareRow } from '../parts/ShareRow.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { addMacroEdit, addTargetEdit, removeEdit, removeMacroEdit, setEdit } from '../state/edits.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const PARAMETER_OPTIONS = PARAMETERS.map((parameter) => ({ id: parameter, name: text.parameters[parameter] }));
const MOST_MACROS = 8;
const MOST_TARGETS = 64;

interface Place {
  readonly score: Score;
  readonly macro: Macro;
  readonly index: number;
}

const TargetRow = ({ score, macro, index, at }: Place & { readonly at: number }): ReactElement | null => {
  const actions = useActions();
  const target = macro.targets[at];
  if (target === undefined) return null;
  const set = (field: 'layer' | 'parameter' | 'amount', value: string | number, gesture?: string): void =>
    actions.edit(setEdit(text.edits.ofScore(text.perform.macro(macro.name)), ['macros', index, 'targets', at, field], value, gesture));
  const name = text.compose.targetAmount(at + 1, macro.name);
  return (
    <li className="target">
      <Choice label={text.compose.targetLayer(at + 1, macro.name)} hideLabel value={target.layer} options={score.layers.map((layer) => ({ id: layer.id, name: layer.name }))} onChange={(layer) => set('layer', layer)} />
      <Choice label={text.compose.targetParameter(at + 1, macro.name)} hideLabel value={target.parameter} options={PARAMETER_OPTIONS} onChange={(parameter) => set('parameter', parameter)} />
      <ShareRow label="" name={name} min={-1} reset={0} value={target.amount} onChange={(value, gesture) => set('amount', value, gesture)} />
      <PushButton kind="quiet" name={text.compose.removeTarget(at + 1, macro.name)} onPress={() => actions.edit(removeEdit(text.edits.removeTarget(macro.name), ['macros', index, 'targets', at]))}>×</PushButton>
    </li>
  );
};

const MacroEditor = ({ score, macro, index }: Place): ReactElement => {
  const actions = useActions();
  const target = addTargetEdit(score, index);
  const change = text.edits.ofScore(text.perform.macro(macro.name));
  return (
    <li className="macro-editor">
      <div className="macro-head">
        <TextBox label={text.compose.macroName(macro.name)} value={macro.name} maxLength={60} onCommit={(name) => actions.edit(setEdit(change, ['macros', index, 'name'], name))} />
        <ShareRow label={text.compose.restShort} name={text.compose.macroRest(macro.name)} reset={0.5} value={macro.value} onChange={(value, gesture) => actions.edit(setEdit(change, ['macros', index, 'value'], value, gesture))} />
      </div>
      {macro.targets.length === 0 && <p className="hint">{text.compose.noTargets}</p>}
      <ol className="targets">
        {macro.targets.map((_, at) => <TargetRow key={at} score={score} macro={macro} index={index} at={at} />)}
      </ol>
      <div className="editor-hands">
        <PushButton name={text.compose.addTarget(macro.name)} isDisabled={target === null || macro.targets.length >= MOST_TARGETS} onPress={() => target !== null && actions.edit(target)}>+ {text.compose.addTargetShort}</PushButton>
        <PushButton kind="quiet" name={text.edits.remove(text.perform.macro(macro.name))} onPress={() => actions.edit(removeMacroEdit(score, index))}>{text.compose.removeMacro}</PushButton>
      </div>
    </li>
  );
};

/** The macros: what each moves, and by how much. */
export const MacrosEditor = ({ score }: { readonly score: Score }): ReactElement => {
  const actions = useActions();
  return (
    <section className="macros-editor" aria-label={text.compose.macros}>
      <h2>{text.compose.macros}</h2>
      <p className="hint">{text.compose.macrosHint}</p>
      <ol className="macro-editors">
        {score.macros.map((macro, index) => <MacroEditor key={macro.id} score={score} macro={macro} index={index} />)}
      </ol>
      <PushButton isDisabled={score.macros.length >= MOST_MACROS} onPress={() => actions.edit(addMacroEdit(score))}>+ {text.compose.addMacro}</PushButton>
    </section>
  );
};
