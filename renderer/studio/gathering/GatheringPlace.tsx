import { useState, type ReactElement } from 'react';
import type { GatheringSource } from '../../../core/ipc/contract.ts';
import { Choice } from '../parts/Choice.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { Options } from '../parts/Options.tsx';
import { Panel } from '../parts/Panel.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { TimeBox } from '../parts/TimeBox.tsx';
import { useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { CollectiveNow } from './CollectiveNow.tsx';

type Nights = Extract<GatheringSource, { kind: 'nights' }>;
type Kind = GatheringSource['kind'];

const KINDS = [
  { id: 'simulate' as const, name: text.gathering.simulate, hint: text.gathering.simulateHint },
  { id: 'nights' as const, name: text.gathering.nights, hint: text.gathering.nightsHint },
];
const ALIGNS = [
  { id: 'onset' as const, name: text.gathering.alignOnset },
  { id: 'start' as const, name: text.gathering.alignStart },
];

const SourceForm = ({ source }: { readonly source: GatheringSource }): ReactElement => {
  const actions = useActions();
  const [kind, setKind] = useState<Kind>(source.kind);
  const [pods, setPods] = useState(source.kind === 'simulate' ? source.pods : 24);
  const [seed, setSeed] = useState(source.kind === 'simulate' ? source.seed : 1);
  const [files, setFiles] = useState<Nights['files']>(source.kind === 'nights' ? source.files : []);
  const [align, setAlign] = useState<Nights['align']>(source.kind === 'nights' ? source.align : 'onset');
  const [startAt, setStartAt] = useState(source.startAt);
  const [speed, setSpeed] = useState(source.speed);
  const wanted: GatheringSource = kind === 'simulate' ? { kind, pods, seed, startAt, speed } : { kind, files, align, startAt, speed };
  const use = async (): Promise<void> => {
    if (await actions.takeGathering(wanted)) actions.notify('info', text.gathering.begun);
  };
  const choose = async (): Promise<void> => {
    const chosen = await actions.chooseNights();
    if (chosen.length > 0) setFiles(chosen.map(({ handle, name }) => ({ handle, name })));
  };
  return (
    <div className="source-form">
      <Options label={text.gathering.source} value={kind} options={KINDS} onChange={setKind} />
      {kind === 'simulate' ? (
        <div className="source-fields">
          <NumberBox label={text.gathering.pods} value={pods} min={1} max={500} onChange={setPods} />
          <NumberBox label={text.gathering.seed} value={seed} min={0} max={0xffff_ffff} onChange={setSeed} />
        </div>
      ) : (
        <div className="source-files">
          <PushButton onPress={() => void choose()}>{text.gathering.choose}</PushButton>
          <span className="hint">{files.length === 0 ? text.gathering.noneChosen : text.gathering.chosen(files.length)}</span>
          <ul className="file-names">{files.map((file) => <li key={file.handle}>{file.name}</li>)}</ul>
          <Choice label={text.gathering.align} value={align} options={ALIGNS} onChange={setAlign} />
        </div>
      )}
      <div className="source-fields">
        <TimeBox label={text.gathering.startAt} seconds={startAt} onChange={setStartAt} />
        <NumberBox label={text.gathering.speed} value={speed} min={1} max={240} unit="×" onChange={setSpeed} />
      </div>
      <p className="hint">{text.gathering.speedHint}</p>
      <div className="editor-hands">
        <PushButton kind="main" isDisabled={kind === 'nights' && files.length === 0} onPress={() => void use()}>{text.gathering.begin}</PushButton>
      </div>
      <p className="hint">{text.gathering.beginHint}</p>
    </div>
  );
};

/** Who sleeps: the source of the gathering, and what the collective does now. */
export const GatheringPlace = (): ReactElement => {
  const source = useStudio((state) => state.gathering);
  return (
    <div className="gathering">
      <Panel title={text.gathering.who}>
        {source === null ? <EmptyState title={text.gathering.loading} /> : <SourceForm key={JSON.stringify(source)} source={source} />}
      </Panel>
      <CollectiveNow />
    </div>
  );
};
