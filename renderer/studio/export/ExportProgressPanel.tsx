import type { ReactElement } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { ExportProgress } from '../../../core/ipc/contract.ts';
import { HealthMark } from '../parts/HealthMark.tsx';
import { Panel } from '../parts/Panel.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { percent, spanWords } from '../state/format.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const UnderWay = ({ progress }: { readonly progress: ExportProgress }): ReactElement => {
  const actions = useActions();
  return (
    <div className="under-way">
      <p className="under-way-figure">{percent(progress.done)}</p>
      <ProgressBar className="progress" aria-label={text.exporting.progress} value={progress.done * 100}>
        <span className="progress-fill" style={{ inlineSize: `${progress.done * 100}%` }} />
      </ProgressBar>
      <p>
        {text.exporting.states[progress.state]} · {progress.left === null ? text.exporting.leftUnknown : text.exporting.left(spanWords(progress.left))}
      </p>
      <p className="hint">{text.exporting.in(progress.folder)}</p>
      <div className="editor-hands">
        <PushButton onPress={actions.cancelExport}>{text.exporting.cancel}</PushButton>
      </div>
    </div>
  );
};

const Done = ({ progress }: { readonly progress: ExportProgress }): ReactElement => {
  const actions = useActions();
  return (
    <div className="export-done">
      <p className="export-head"><HealthMark condition="good" /> {text.exporting.states.done}: {text.exporting.files(progress.files.length)} {text.exporting.in(progress.folder)}</p>
      <ul className="file-names">{progress.files.map((file) => <li key={file}>{file}</li>)}</ul>
      <div className="editor-hands">
        <PushButton onPress={actions.revealExport}>{text.exporting.reveal}</PushButton>
      </div>
    </div>
  );
};

const Failed = ({ progress }: { readonly progress: ExportProgress }): ReactElement => (
  <div className="export-failed">
    <p className="export-head"><HealthMark condition="bad" /> {text.exporting.states.failed}{progress.fault === null ? '' : `: ${progress.fault.what}`}</p>
    {progress.fault !== null && (
      <dl>
        <dt>{text.exporting.where}</dt>
        <dd>{progress.fault.where}</dd>
        <dt>{text.exporting.mend}</dt>
        <dd>{progress.fault.mend}</dd>
      </dl>
    )}
    <p className="hint">{text.exporting.cancelledMore}</p>
  </div>
);

const Body = ({ progress }: { readonly progress: ExportProgress | null }): ReactElement => {
  if (progress === null) return <p className="hint">{text.exporting.idle}</p>;
  if (progress.state === 'done') return <Done progress={progress} />;
  if (progress.state === 'failed') return <Failed progress={progress} />;
  if (progress.state === 'cancelled') {
    return (
      <div>
        <p className="export-head"><HealthMark condition="rest" /> {text.exporting.states.cancelled}</p>
        <p className="hint">{text.exporting.cancelledMore}</p>
      </div>
    );
  }
  return <UnderWay progress={progress} />;
};

/** How far the export is, and how it ended. */
export const ExportProgressPanel = ({ progress }: { readonly progress: ExportProgress | null }): ReactElement => (
  <Panel title={text.exporting.progress} className="export-progress">
    <Body progress={progress} />
  </Panel>
);
