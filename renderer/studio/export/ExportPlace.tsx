import { useState, type ReactElement } from 'react';
import type { ExportRequest } from '../../../core/ipc/contract.ts';
import { Options } from '../parts/Options.tsx';
import { Panel } from '../parts/Panel.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { TimeBox } from '../parts/TimeBox.tsx';
import { clockTime } from '../state/format.ts';
import { useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { ExportProgressPanel } from './ExportProgressPanel.tsx';
import { isUnderWay, spanFault } from './export-words.ts';

const WHATS = [
  { id: 'audio' as const, name: text.exporting.audio, hint: text.exporting.audioHint },
  { id: 'midi' as const, name: text.exporting.midiOnly, hint: text.exporting.midiHint },
];
const OFS = [
  { id: 'take' as const, name: text.exporting.take, hint: text.exporting.takeHint },
  { id: 'source' as const, name: text.exporting.source, hint: text.exporting.sourceHint },
];
const SPANS = [600, 1800, 3600] as const;

/** What goes into files: layers or notes, of what, from when to when, where to. */
export const ExportPlace = (): ReactElement => {
  const actions = useActions();
  const played = useStudio((state) => Math.floor((state.view?.t ?? 0) / 1e6));
  const exporting = useStudio((state) => state.exporting);
  const [what, setWhat] = useState<'audio' | 'midi'>('audio');
  const isLive = useStudio(({ gathering }) => gathering?.kind === 'room' || gathering?.kind === 'collective');
  const [wanted, setOf] = useState<ExportRequest['of']>(played > 0 ? 'take' : 'source');
  // Who sleeps now cannot be composed ahead.
  const of = isLive ? 'take' : wanted;
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState<number | null>(null);
  const [folder, setFolder] = useState<{ readonly handle: string; readonly name: string } | null>(null);
  const end = to ?? (of === 'take' ? Math.max(1, played) : 600);
  const fault = spanFault(of, from, end, played);
  const under = isUnderWay(exporting);
  const choose = async (): Promise<void> => {
    const chosen = await actions.chooseFolder();
    if (chosen !== null) setFolder(chosen);
  };
  return (
    <div className="exporting">
      <div className="export-form">
        <Options label={text.exporting.what} value={what} options={WHATS} onChange={setWhat} />
        <Options label={text.exporting.of} value={of} options={isLive ? OFS.filter(({ id }) => id === 'take') : OFS} onChange={setOf} />
        {isLive && <p className="hint">{text.exporting.liveHint}</p>}
        <Panel title={text.exporting.span}>
          <div className="span-fields">
            <TimeBox label={text.exporting.from} seconds={from} onChange={setFrom} />
            <TimeBox label={text.exporting.to} seconds={end} onChange={setTo} fault={fault} />
            <div className="span-hands">
              {of === 'take' ? (
                <PushButton kind="quiet" isDisabled={played < 1} onPress={() => { setFrom(0); setTo(null); }}>{text.exporting.wholeTake} · {clockTime(played)}</PushButton>
              ) : (
                SPANS.map((span) => <PushButton key={span} kind="quiet" onPress={() => setTo(from + span)}>{text.exporting.minutes(span / 60)}</PushButton>)
              )}
            </div>
          </div>
          <p className="hint">{text.exporting.timeHint}</p>
        </Panel>
        <Panel title={text.exporting.folder}>
          <div className="folder-row">
            <PushButton onPress={() => void choose()}>{text.exporting.chooseFolder}</PushButton>
            <span className={folder === null ? 'hint' : 'folder-name'}>{folder?.name ?? text.exporting.noFolder}</span>
          </div>
        </Panel>
        <div className="editor-hands">
          <PushButton kind="main" isDisabled={folder === null || fault !== null || under} onPress={() => folder !== null && actions.startExport({ folder: folder.handle, of, from, to: end, audio: what === 'audio' })}>
            {text.exporting.start}
          </PushButton>
        </div>
      </div>
      <ExportProgressPanel progress={exporting} />
    </div>
  );
};
