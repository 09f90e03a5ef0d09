import { useState, type ReactElement } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Score } from '../../../core/score/schema.ts';
import { useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { LayersEditor } from './LayersEditor.tsx';
import { MappingsEditor } from './MappingsEditor.tsx';
import { RulesEditor } from './RulesEditor.tsx';
import { SceneArc } from './SceneArc.tsx';
import { SceneEditor } from './SceneEditor.tsx';
import { ScoreEditor } from './ScoreEditor.tsx';
import { WhyThis } from './WhyThis.tsx';

/** The score, written while it sounds. */
export const ComposePlace = ({ score }: { readonly score: Score }): ReactElement => {
  const sounding = useStudio((state) => state.view?.scene.id ?? null);
  const [scene, setScene] = useState(() => sounding ?? score.opening);
  const [layer, setLayer] = useState(score.layers[0]?.id ?? '');
  const [tab, setTab] = useState('scenes');
  const found = score.scenes.findIndex((entry) => entry.id === scene);
  const index = found === -1 ? 0 : found;
  const chosen = score.scenes[index];
  const choose = (id: string): void => {
    setScene(id);
    setTab('scenes');
  };
  return (
    <div className="compose">
      <div className="compose-score">
        <SceneArc score={score} chosen={chosen?.id ?? ''} onChoose={choose} />
        <Tabs className="tabs" selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
          <TabList className="tab-list" aria-label={text.places.compose}>
            <Tab id="scenes" className="tab">{text.compose.scene}: {chosen?.name ?? ''}</Tab>
            <Tab id="layers" className="tab">{text.compose.layers} <span className="tab-count">{score.layers.length}</span></Tab>
            <Tab id="mappings" className="tab">{text.compose.mappings} <span className="tab-count">{score.mappings.length}</span></Tab>
            <Tab id="rules" className="tab">{text.compose.rules} <span className="tab-count">{score.rules.length}</span></Tab>
            <Tab id="score" className="tab">{text.compose.score}</Tab>
          </TabList>
          <TabPanel id="scenes" className="tab-panel"><SceneEditor key={chosen?.id} score={score} index={index} onChoose={choose} /></TabPanel>
          <TabPanel id="layers" className="tab-panel"><LayersEditor score={score} chosen={layer} onChoose={setLayer} /></TabPanel>
          <TabPanel id="mappings" className="tab-panel"><MappingsEditor score={score} layer={layer} onLayer={setLayer} /></TabPanel>
          <TabPanel id="rules" className="tab-panel"><RulesEditor score={score} scene={chosen?.id ?? score.opening} /></TabPanel>
          <TabPanel id="score" className="tab-panel"><ScoreEditor score={score} /></TabPanel>
        </Tabs>
      </div>
      <WhyThis score={score} />
    </div>
  );
};
