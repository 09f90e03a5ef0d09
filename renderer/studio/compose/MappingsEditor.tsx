import { useState, type ReactElement } from 'react';
import { CURVES, type Mapping, type Score } from '../../../core/score/schema.ts';
import { Choice } from '../parts/Choice.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { ShareRow } from '../parts/ShareRow.tsx';
import { addMappingEdit, freeId, removeEdit, setEdit } from '../state/edits.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { MappingMatrix } from './MappingMatrix.tsx';

const CURVE_OPTIONS = CURVES.map((curve) => ({ id: curve, name: text.curves[curve] }));
const POLARITIES = [
  { id: '+' as const, name: text.compose.upright },
  { id: '-' as const, name: text.compose.inverted },
];

const MappingEditor = ({ mapping, index, layerName, onRemoved }: { readonly mapping: Mapping; readonly index: number; readonly layerName: string; readonly onRemoved: () => void }): ReactElement => {
  const actions = useActions();
  const signal = text.signals[mapping.signal];
  const set = (path: readonly (string | number)[], value: unknown, gesture?: string): void => actions.edit(setEdit(text.edits.mapping(signal.name), ['mappings', index, ...path], value, gesture));
  const [foot, head] = mapping.window ?? [0, 1];
  const setWindow = (from: number, to: number, gesture?: string): void => set(['window'], [Math.round(from * 100) / 100, Math.round(to * 100) / 100], gesture);
  return (
    <section className="mapping-editor" aria-label={text.compose.mapping(signal.name, layerName, text.parameters[mapping.parameter])}>
      <h2>{text.compose.mapping(signal.name, layerName, text.parameters[mapping.parameter])}</h2>
      <p className="hint">{signal.means}</p>
      <ShareRow label={text.compose.rangeFrom} name={text.compose.rangeFrom} min={-1} reset={0} value={mapping.range[0]} onChange={(value, gesture) => set(['range', 0], value, gesture)} />
      <ShareRow label={text.compose.rangeTo} name={text.compose.rangeTo} min={-1} reset={0} value={mapping.range[1]} onChange={(value, gesture) => set(['range', 1], value, gesture)} />
      <ShareRow label={text.compose.windowFrom} name={text.compose.windowFromName} reset={0} value={foot} onChange={(value, gesture) => setWindow(Math.min(value, head - 0.02), head, gesture)} />
      <ShareRow label={text.compose.windowTo} name={text.compose.windowToName} reset={1} value={head} onChange={(value, gesture) => setWindow(foot, Math.max(value, foot + 0.02), gesture)} />
      <div className="mapping-choices">
        <Choice label={text.compose.curve} value={mapping.curve} options={CURVE_OPTIONS} onChange={(curve) => set(['curve'], curve)} />
        <Choice label={text.compose.polarity} value={mapping.polarity} options={POLARITIES} onChange={(polarity) => set(['polarity'], polarity)} />
        <NumberBox label={text.compose.smoothing} value={mapping.smoothingSeconds} min={0} max={600} unit="s" onChange={(value) => set(['smoothingSeconds'], value)} />
      </div>
      <PushButton
        kind="quiet"
        onPress={() => {
          actions.edit(removeEdit(text.edits.removeMapping, ['mappings', index]));
          onRemoved();
        }}
      >
        {text.compose.removeMapping}
      </PushButton>
    </section>
  );
};

/** What the sleepers do to a layer: the matrix, and the chosen mapping's editor. */
export const MappingsEditor = ({ score, layer, onLayer }: { readonly score: Score; readonly layer: string; readonly onLayer: (id: string) => void }): ReactElement => {
  const actions = useActions();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = score.layers.find((entry) => entry.id === layer) ?? score.layers[0];
  if (shown === undefined) return <p>{text.compose.empty}</p>;
  const index = score.mappings.findIndex((entry) => entry.id === chosen && entry.layer === shown.id);
  const mapping = score.mappings[index];
  return (
    <div className="mappings-editor">
      <div className="matrix-side">
        <Choice label={text.compose.columns} value={shown.id} options={score.layers.map(({ id, name }) => ({ id, name }))} onChange={onLayer} />
        <p className="hint">{text.compose.mappingsHint}</p>
        {mapping !== undefined && <MappingEditor mapping={mapping} index={index} layerName={shown.name} onRemoved={() => setChosen(null)} />}
      </div>
      <div className="matrix-bed">
        <MappingMatrix
          score={score}
          layer={shown.id}
          chosen={chosen}
          onOpen={(opened) => setChosen(opened.id)}
          onAdd={(signal, parameter) => {
            setChosen(freeId('mapping', score.mappings));
            actions.edit(addMappingEdit(score, { signal, layer: shown.id, parameter }));
          }}
        />
      </div>
    </div>
  );
};
