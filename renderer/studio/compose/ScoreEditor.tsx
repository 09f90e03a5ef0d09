import type { ReactElement } from 'react';
import type { Score } from '../../../core/score/schema.ts';
import { NumberBox } from '../parts/NumberBox.tsx';
import { ShareRow } from '../parts/ShareRow.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { setEdit } from '../state/edits.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { MacrosEditor } from './MacrosEditor.tsx';

const ROOM = [
  { key: 'size', name: text.compose.roomSize },
  { key: 'decay', name: text.compose.roomDecay },
  { key: 'damping', name: text.compose.roomDamping },
] as const;

/** What holds for the whole score: its title and story, seed, metre, pitch, room, ceiling and macros. */
export const ScoreEditor = ({ score }: { readonly score: Score }): ReactElement => {
  const actions = useActions();
  const set = (what: string, path: readonly (string | number)[], value: unknown, gesture?: string): void => actions.edit(setEdit(text.edits.ofScore(what), path, value, gesture));
  return (
    <div className="editor score-editor">
      <p className="hint">{text.compose.scoreHint}</p>
      <div className="editor-fields">
        <TextBox label={text.compose.title} value={score.title} maxLength={60} onCommit={(value) => set(text.compose.title, ['title'], value)} />
        <NumberBox label={text.compose.beatsPerBar} value={score.beatsPerBar} min={2} max={7} onChange={(value) => set(text.compose.beatsPerBar, ['beatsPerBar'], value)} />
        <NumberBox label={text.compose.a4} value={score.a4Hz} min={380} max={480} step={0.1} unit="Hz" onChange={(value) => actions.edit(setEdit(text.edits.tuning, ['a4Hz'], value))} />
        <NumberBox label={text.compose.ceiling} value={score.ceilingDb} min={-24} max={-1} step={0.5} unit="dB" onChange={(value) => set(text.compose.ceiling, ['ceilingDb'], value)} />
        <NumberBox label={text.compose.seed} value={score.seed} min={0} max={0xffff_ffff} onChange={(value) => set(text.compose.seed, ['seed'], value)} />
        <p className="hint seed-hint">{text.compose.seedHint}</p>
      </div>
      <TextBox label={text.compose.story} value={score.story} maxLength={4000} isLong mayBeEmpty onCommit={(value) => set(text.compose.story, ['story'], value)} />
      <div className="shares">
        <h2>{text.compose.room}</h2>
        {ROOM.map(({ key, name }) => (
          <ShareRow key={key} label={text.compose.roomShort[key]} name={name} value={score.room[key]} onChange={(value, gesture) => set(name, ['room', key], value, gesture)} />
        ))}
      </div>
      <MacrosEditor score={score} />
    </div>
  );
};
