import type { ReactElement } from 'react';
import type { PresetSummary } from '../../../core/ipc/contract.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { shortcutKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

const Preset = ({ preset, isOpen }: { readonly preset: PresetSummary; readonly isOpen: boolean }): ReactElement => {
  const actions = useActions();
  const load = async (): Promise<void> => {
    if (await actions.newFrom(preset.id)) actions.notify('info', text.library.loaded(preset.title));
  };
  return (
    <li className="preset">
      <div className="preset-words">
        <h3>
          {preset.title}
          {isOpen && <span className="badge badge-now">{text.library.current}</span>}
        </h3>
        <p className="preset-story">{preset.story}</p>
        <dl className="preset-credits">
          <dt>{text.library.credits}</dt>
          {preset.credits.map((credit) => <dd key={credit}>{credit}</dd>)}
          <dt>{text.library.licence}</dt>
          <dd>{preset.licence}</dd>
        </dl>
      </div>
      <PushButton kind="main" onPress={() => void load()}>{text.library.load}</PushButton>
    </li>
  );
};

const Mine = (): ReactElement => {
  const actions = useActions();
  const mine = useStudio((state) => (state.document === null ? null : { title: state.document.score.title, file: state.document.fileName, dirty: state.document.dirty }), sameContent);
  return (
    <Panel title={text.library.mine} className="mine">
      <p className="mine-title">{mine?.title ?? ''}</p>
      <p className="hint">{mine?.file ?? text.transport.unsaved}</p>
      {mine?.dirty === true && <p className="mine-unsaved">{text.library.unsaved}</p>}
      <div className="editor-hands">
        <PushButton tip={text.library.save} keys={shortcutKeys('save')} onPress={actions.save}>{text.library.save}</PushButton>
        <PushButton tip={text.library.saveAs} keys={shortcutKeys('saveAs')} onPress={actions.saveAs}>{text.library.saveAs}</PushButton>
        <PushButton tip={text.library.open} keys={shortcutKeys('open')} onPress={actions.open}>{text.library.open}</PushButton>
      </div>
    </Panel>
  );
};

/** Presets with their story and credits, and the score that is open. */
export const LibraryPlace = (): ReactElement => {
  const presets = useStudio((state) => state.presets);
  const title = useStudio((state) => state.document?.score.title ?? null);
  return (
    <div className="library">
      <Panel title={text.library.presets} hint={text.library.story}>
        {presets === null ? (
          <EmptyState title={text.library.loading} />
        ) : presets.length === 0 ? (
          <EmptyState title={text.library.empty} more={text.library.emptyMore} />
        ) : (
          <ul className="presets">
            {presets.map((preset) => <Preset key={preset.id} preset={preset} isOpen={preset.title === title} />)}
          </ul>
        )}
      </Panel>
      <Mine />
    </div>
  );
};
