import { useState, type ReactElement } from 'react';
import type { GatheringSource } from '../../../core/ipc/contract.ts';
import { Options } from '../parts/Options.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { BrokerFields } from './BrokerFields.tsx';
import { NightsForm } from './NightsForm.tsx';
import { newBroker, newRoom } from './room-drafts.ts';
import { Reading } from './Reading.tsx';
import { RoomForm } from './RoomForm.tsx';
import { SimulateForm } from './SimulateForm.tsx';
import { speedOf, startOf } from './source-start.ts';

type Kind = GatheringSource['kind'];

const KINDS = [
  { id: 'simulate' as const, name: text.gathering.simulate, hint: text.gathering.simulateHint },
  { id: 'nights' as const, name: text.gathering.nights, hint: text.gathering.nightsHint },
  { id: 'room' as const, name: text.gathering.room, hint: text.gathering.roomHint },
  { id: 'collective' as const, name: text.gathering.collective, hint: text.gathering.collectiveHint },
];

/** What each kind begins with: as it is now where it is the source, else as first offered. */
const draftOf = (kind: Kind, source: GatheringSource): GatheringSource => {
  if (kind === source.kind) return source;
  const pace = { startAt: startOf(source), speed: speedOf(source) };
  switch (kind) {
    case 'simulate':
      return { kind, pods: 24, seed: 1, ...pace };
    case 'nights':
      return { kind, files: [], align: 'onset', ...pace };
    case 'room':
      return { kind, room: newRoom() };
    case 'collective':
      return { kind, gathering: 'gathering', broker: newBroker('one') };
  }
};

const Fields = ({ draft, onChange }: { readonly draft: GatheringSource; readonly onChange: (draft: GatheringSource) => void }): ReactElement => {
  switch (draft.kind) {
    case 'simulate':
      return <SimulateForm value={draft} onChange={onChange} />;
    case 'nights':
      return <NightsForm value={draft} onChange={onChange} />;
    case 'room':
      return <RoomForm value={draft.room} onChange={(room) => onChange({ kind: 'room', room })} />;
    case 'collective':
      return (
        <>
          <TextBox label={text.room.name} value={draft.gathering} maxLength={40} onCommit={(gathering) => onChange({ ...draft, gathering })} />
          <BrokerFields value={draft.broker} onChange={(broker) => onChange({ ...draft, broker })} />
        </>
      );
  }
};

/** Where the sleepers come from; nothing changes until it is begun. */
export const SourceForm = ({ source }: { readonly source: GatheringSource }): ReactElement => {
  const actions = useActions();
  const reading = useStudio((state) => state.reading);
  const [draft, setDraft] = useState(source);
  const isLive = draft.kind === 'room' || draft.kind === 'collective';
  const use = async (): Promise<void> => {
    if (await actions.takeGathering(draft)) actions.notify('info', isLive ? text.gathering.opened : text.gathering.begun);
  };
  return (
    <div className="source-form">
      <Options label={text.gathering.source} value={draft.kind} options={KINDS} onChange={(kind) => setDraft(draftOf(kind, source))} />
      <Fields draft={draft} onChange={setDraft} />
      {reading !== null && <Reading share={reading.share} left={reading.left} onCallOff={actions.callOffReading} />}
      <div className="editor-hands">
        <PushButton kind="main" isDisabled={reading !== null || (draft.kind === 'nights' && draft.files.length === 0)} onPress={() => void use()}>
          {isLive ? text.gathering.open : text.gathering.begin}
        </PushButton>
      </div>
      <p className="hint">{text.gathering.beginHint}</p>
    </div>
  );
};
