import type { ReactElement } from 'react';
import { INSTRUMENTS } from '../../../core/dsp/types.ts';
import { GENERATORS, PARAMETERS, type Score } from '../../../core/score/schema.ts';
import { Choice } from '../parts/Choice.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { RouteChoice } from '../parts/RouteChoice.tsx';
import { ShareRow } from '../parts/ShareRow.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { addLayerEdit, duplicateLayerEdit, removeLayerEdit, setEdit } from '../state/edits.ts';
import { noteName } from '../state/format.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const GENERATOR_OPTIONS = GENERATORS.map((generator) => ({ id: generator, name: text.generators[generator] }));
const INSTRUMENT_OPTIONS = INSTRUMENTS.map((instrument) => ({ id: instrument, name: text.instruments[instrument] }));

interface Props {
  readonly score: Score;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

const LayerEditor = ({ score, index }: { readonly score: Score; readonly index: number }): ReactElement | null => {
  const actions = useActions();
  const layer = score.layers[index];
  if (layer === undefined) return null;
  const set = (what: string, path: readonly (string | number)[], value: unknown, gesture?: string): void =>
    actions.edit(setEdit(text.edits.change(what, layer.name), ['layers', index, ...path], value, gesture));
  const [low, high] = layer.range;
  const duplicate = duplicateLayerEdit(score, index);
  const remove = removeLayerEdit(score, index);
  return (
    <div className="editor">
      <div className="editor-fields">
        <TextBox label={text.compose.name} value={layer.name} maxLength={60} onCommit={(value) => set(text.compose.name, ['name'], value)} />
        <Choice label={text.compose.generator} value={layer.generator} options={GENERATOR_OPTIONS} onChange={(value) => set(text.compose.generator, ['generator'], value)} />
        <Choice label={text.compose.instrument} value={layer.instrument} options={INSTRUMENT_OPTIONS} onChange={(value) => set(text.compose.instrument, ['instrument'], value)} />
        <NumberBox label={text.compose.lowest} value={low} min={0} max={high - 11} unit={noteName(low)} onChange={(value) => set(text.compose.lowest, ['range'], [value, high])} />
        <NumberBox label={text.compose.highest} value={high} min={low + 11} max={127} unit={noteName(high)} onChange={(value) => set(text.compose.highest, ['range'], [low, value])} />
        <NumberBox label={text.compose.gain} value={layer.gainDb} min={-60} max={12} step={0.5} unit="dB" onChange={(value) => set(text.compose.gain, ['gainDb'], value)} />
        <RouteChoice layer={layer} index={index} showLabel />
      </div>
      <div className="shares">
        <h2>{text.compose.parameters}</h2>
        {PARAMETERS.map((parameter) => (
          <ShareRow key={parameter} label={text.parameters[parameter]} name={`${text.parameters[parameter]}, ${layer.name}`} value={layer.parameters[parameter]} onChange={(value, gesture) => set(text.parameters[parameter], ['parameters', parameter], value, gesture)} />
        ))}
        <ShareRow label={text.compose.pan} name={`${text.compose.pan}, ${layer.name}`} min={-1} reset={0} value={layer.pan} onChange={(value, gesture) => set(text.compose.pan, ['pan'], value, gesture)} />
      </div>
      <div className="editor-hands">
        <PushButton onPress={() => actions.audition(layer.id)}>{text.compose.audition}</PushButton>
        <PushButton isDisabled={score.layers.length >= 32} onPress={() => duplicate !== null && actions.edit(duplicate)}>{text.compose.duplicate}</PushButton>
        <PushButton kind="quiet" isDisabled={remove === null} onPress={() => remove !== null && actions.edit(remove)}>{text.compose.remove}</PushButton>
      </div>
    </div>
  );
};

/** The layers of the score: a list, and the chosen one's editor. */
export const LayersEditor = ({ score, chosen, onChoose }: Props): ReactElement => {
  const actions = useActions();
  const found = score.layers.findIndex((layer) => layer.id === chosen);
  const index = found === -1 ? 0 : found;
  return (
    <div className="layers-editor">
      <ul className="picks">
        {score.layers.map((layer, at) => (
          <li key={layer.id}>
            <button type="button" className={at === index ? 'pick pick-chosen' : 'pick'} aria-pressed={at === index} onClick={() => onChoose(layer.id)}>
              <span>{layer.name}</span>
              <span className="pick-more">{text.generators[layer.generator]} · {text.instruments[layer.instrument]}</span>
            </button>
          </li>
        ))}
        <li>
          <PushButton kind="quiet" isDisabled={score.layers.length >= 32} onPress={() => actions.edit(addLayerEdit(score))}>+ {text.compose.addLayer}</PushButton>
        </li>
      </ul>
      <LayerEditor key={score.layers[index]?.id} score={score} index={index} />
    </div>
  );
};
