import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import type { Scene, Score } from '../../../core/score/schema.ts';
import { percent } from '../state/format.ts';
import { setEdit } from '../state/edits.ts';
import { useActions, useStudio } from '../state/studio-context.ts';
import { useGesture } from '../state/use-gesture.ts';
import { text } from '../text/text.ts';
import { STEPS, arcHeight, labelRows } from './arc-layout.ts';

interface Props {
  readonly score: Score;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

const toGrid = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 200) / 200;

const Handle = ({ scene, index, row, isChosen, onChoose }: { readonly scene: Scene; readonly index: number; readonly row: number; readonly isChosen: boolean; readonly onChoose: () => void }): ReactElement => {
  const actions = useActions();
  const gesture = useGesture();
  const isNow = useStudio((state) => state.view?.scene.id === scene.id);
  const dragging = useRef(false);
  const move = (share: number, name?: string): void => {
    const arc = toGrid(share);
    if (arc !== scene.arc) actions.edit(setEdit(text.edits.change(text.compose.place, scene.name), ['scenes', index, 'arc'], arc, name));
  };
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const bed = event.currentTarget.parentElement?.getBoundingClientRect();
    if (dragging.current && bed !== undefined) move((event.clientX - bed.left) / bed.width, gesture.name());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(event.key === 'Home' ? 0 : event.key === 'End' ? 1 : scene.arc + by);
  };
  return (
    <div
      className={`arc-handle arc-row-${row}${isChosen ? ' arc-chosen' : ''}${isNow ? ' arc-now' : ''}`}
      role="slider"
      tabIndex={0}
      aria-label={`${text.compose.place}, ${scene.name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(scene.arc * 100)}
      aria-valuetext={percent(scene.arc)}
      style={{ insetInlineStart: `${scene.arc * 100}%`, insetBlockEnd: `${arcHeight(scene.arc) * 56}px` }}
      onFocus={onChoose}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        dragging.current = false;
        gesture.end();
      }}
    >
      <span className="arc-dot" />
      <span className="arc-name">{scene.name}</span>
    </div>
  );
};

/** The scenes on an arc from dusk to dawn. Choosing one opens it below; dragging or the arrow keys move it along the night. */
export const SceneArc = ({ score, chosen, onChoose }: Props): ReactElement => {
  const rows = labelRows(score.scenes.map((scene) => scene.arc));
  const curve = Array.from({ length: 61 }, (_, index) => `${index === 0 ? 'M' : 'L'}${(index / 60) * 100} ${60 - arcHeight(index / 60) * 56}`).join('');
  return (
    <div className="arc" role="group" aria-label={text.compose.arc}>
      <svg className="arc-line" viewBox="0 0 100 62" preserveAspectRatio="none" aria-hidden="true">
        <path d={`${curve}L100 62L0 62Z`} className="arc-ground" />
        <path d={curve} className="arc-curve" />
      </svg>
      {score.scenes.map((scene, index) => (
        <Handle key={scene.id} scene={scene} index={index} row={rows[index] ?? 0} isChosen={scene.id === chosen} onChoose={() => onChoose(scene.id)} />
      ))}
      <span className="arc-end arc-dusk" aria-hidden="true">{text.clock.dusk}</span>
      <span className="arc-end arc-dawn" aria-hidden="true">{text.clock.dawn}</span>
    </div>
  );
};
