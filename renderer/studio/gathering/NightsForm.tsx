import type { ReactElement } from 'react';
import type { GatheringSource } from '../../../core/ipc/contract.ts';
import { Choice } from '../parts/Choice.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { PaceFields } from './PaceFields.tsx';

type Nights = Extract<GatheringSource, { kind: 'nights' }>;

const ALIGNS = [
  { id: 'onset' as const, name: text.gathering.alignOnset },
  { id: 'start' as const, name: text.gathering.alignStart },
];

/** Which recordings, each a pod. */
export const NightsForm = ({ value, onChange }: { readonly value: Nights; readonly onChange: (value: Nights) => void }): ReactElement => {
  const actions = useActions();
  const choose = async (): Promise<void> => {
    const chosen = await actions.chooseNights();
    if (chosen.length > 0) onChange({ ...value, files: chosen.map(({ handle, name }) => ({ handle, name })) });
  };
  return (
    <>
      <div className="source-files">
        <PushButton onPress={() => void choose()}>{text.gathering.choose}</PushButton>
        <span className="hint">{value.files.length === 0 ? text.gathering.noneChosen : text.gathering.chosen(value.files.length)}</span>
        <ul className="file-names">{value.files.map((file) => <li key={file.handle}>{file.name}</li>)}</ul>
        <Choice label={text.gathering.align} value={value.align} options={ALIGNS} onChange={(align) => onChange({ ...value, align })} />
      </div>
      <PaceFields startAt={value.startAt} speed={value.speed} onChange={(pace) => onChange({ ...value, ...pace })} />
    </>
  );
};
