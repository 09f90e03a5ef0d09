import type { ReactElement } from 'react';
import { MODES, type Score } from '../../../core/score/schema.ts';
import { Choice } from '../parts/Choice.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { ShareRow } from '../parts/ShareRow.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { duplicateSceneEdit, removeSceneEdit, setEdit } from '../state/edits.ts';
import { pitchClassName } from '../state/format.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const ROOTS = Array.from({ length: 12 }, (_, root) => ({ id: String(root), name: pitchClassName(root) }));
const MODE_OPTIONS = MODES.map((mode) => ({ id: mode, name: text.modes[mode] }));

/** One scene: its place and story, tempo, harmony, and how loud each layer is in it. */
export const SceneEditor = ({ score, index, onChoose }: { readonly score: Score; readonly index: number; readonly onChoose: (id: string) => void }): ReactElement | null => {
  const actions = useActions();
  const scene = score.scenes[index];
  if (scene === undefined) return null;
  const set = (what: string, path: readonly (string | number)[], value: unknown, gesture?: string): void =>
    actions.edit(setEdit(text.edits.change(what, scene.name), ['scenes', index, ...path], value, gesture));
  const isOpening = score.opening === scene.id;
  return (
    <div className="editor">
      <div className="editor-fields">
        <TextBox label={text.compose.name} value={scene.name} maxLength={60} onCommit={(value) => set(text.compose.name, ['name'], value)} />
        <Choice label={text.compose.root} value={String(scene.root)} options={ROOTS} onChange={(root) => set(text.compose.root, ['root'], Number(root))} />
        <Choice label={text.compose.mode} value={scene.mode} options={MODE_OPTIONS} onChange={(mode) => set(text.compose.mode, ['mode'], mode)} />
        <NumberBox label={text.compose.barsPerChord} value={scene.barsPerChord} min={1} max={16} onChange={(value) => set(text.compose.barsPerChord, ['barsPerChord'], value)} />
        <NumberBox label={text.compose.tempoDeep} value={scene.tempo[0]} min={20} max={120} unit={text.transport.perMinute} onChange={(value) => set(text.compose.tempoDeep, ['tempo', 0], value)} />
        <NumberBox label={text.compose.tempoAwake} value={scene.tempo[1]} min={20} max={120} unit={text.transport.perMinute} onChange={(value) => set(text.compose.tempoAwake, ['tempo', 1], value)} />
        <NumberBox label={text.compose.dwell} value={scene.dwellSeconds} min={0} max={7200} step={10} unit="s" onChange={(value) => set(text.compose.dwell, ['dwellSeconds'], value)} />
        <NumberBox label={text.compose.place} value={scene.arc} min={0} max={1} step={0.005} unit="percent" onChange={(value) => set(text.compose.place, ['arc'], value)} />
      </div>
      <TextBox label={text.compose.story} value={scene.story} maxLength={4000} isLong mayBeEmpty onCommit={(value) => set(text.compose.story, ['story'], value)} />
      <div className="shares">
        <h2>{text.compose.layerLevels}</h2>
        {score.layers.map((layer) => (
          <ShareRow key={layer.id} label={layer.name} name={text.compose.levelIn(layer.name, scene.name)} value={scene.layers[layer.id] ?? 1} reset={1} onChange={(value, gesture) => set(text.compose.levelIn(layer.name, scene.name), ['layers', layer.id], value, gesture)} />
        ))}
        <ShareRow label={text.compose.tension} name={`${text.compose.tension}, ${scene.name}`} value={scene.tension} onChange={(value, gesture) => set(text.compose.tension, ['tension'], value, gesture)} />
      </div>
      <div className="editor-hands">
        <PushButton onPress={() => actions.input({ kind: 'scene', scene: scene.id })}>{text.compose.hearScene}</PushButton>
        <PushButton isDisabled={isOpening} onPress={() => actions.edit(setEdit(text.edits.opening(scene.name), ['opening'], scene.id))}>{isOpening ? text.compose.opening : text.compose.makeOpening}</PushButton>
        <PushButton
          onPress={() => {
            const edit = duplicateSceneEdit(score, index);
            if (edit !== null) actions.edit(edit);
          }}
        >
          {text.compose.duplicate}
        </PushButton>
        <PushButton
          kind="quiet"
          isDisabled={score.scenes.length < 2}
          onPress={() => {
            const edit = removeSceneEdit(score, index);
            const heir = score.scenes.find((_, at) => at !== index);
            if (edit === null || heir === undefined) return;
            actions.edit(edit);
            onChoose(heir.id);
          }}
        >
          {text.compose.remove}
        </PushButton>
      </div>
    </div>
  );
};
