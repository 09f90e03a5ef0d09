import type { ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { Layer, Score } from '../../../core/score/schema.ts';
import { ControlMenu } from '../parts/ControlMenu.tsx';
import { LevelSlider } from '../parts/LevelSlider.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { Panel } from '../parts/Panel.tsx';
import { RouteChoice } from '../parts/RouteChoice.tsx';
import { Tip } from '../parts/Tip.tsx';
import { decibels, meterShare } from '../state/format.ts';
import { useActions, useStudio } from '../state/studio-context.ts';
import { numberedKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

/** How loud the layer sounds. A picture with its figure as its name, not a live region. */
const Meter = ({ layer, name }: { readonly layer: string; readonly name: string }): ReactElement => {
  const db = useStudio((state) => Math.round(state.view?.layers.find((entry) => entry.id === layer)?.meterDb ?? -120));
  return (
    <span className="meter" role="img" aria-label={`${text.perform.meter(name)}: ${decibels(db)}`}>
      <span className={db > -3 ? 'meter-fill meter-hot' : 'meter-fill'} style={{ inlineSize: `${meterShare(db) * 100}%` }} />
    </span>
  );
};

const Sounding = ({ layer }: { readonly layer: string }): ReactElement | null => {
  const level = useStudio((state) => {
    const now = state.view?.layers.find((entry) => entry.id === layer)?.parameters.level;
    return now === undefined ? null : Math.round(now * 100);
  });
  return level === null ? null : <span className="slider-ghost" title={text.perform.effective} style={{ insetInlineStart: `${level}%` }} />;
};

const Strip = ({ layer, number }: { readonly layer: Layer; readonly number: number }): ReactElement => {
  const actions = useActions();
  const muted = useStudio((state) => state.view?.layers.find((entry) => entry.id === layer.id)?.muted ?? layer.muted);
  const own = useStudio((state) => state.view?.layers.find((entry) => entry.id === layer.id)?.own?.level ?? layer.parameters.level);
  const set = (value: number | null): void => actions.input({ kind: 'parameter', layer: layer.id, parameter: 'level', value });
  const numbered = number <= 9;
  return (
    <li className={muted ? 'strip strip-muted' : 'strip'}>
      <ControlMenu
        name={text.perform.level(layer.name)}
        learns={[
          { target: { kind: 'parameter', layer: layer.id, parameter: 'level' }, what: text.midi.level },
          { target: { kind: 'mute', layer: layer.id }, what: text.midi.mute },
        ]}
        onReset={() => set(null)}
        tip={text.perform.level(layer.name)}
        {...(numbered ? { keys: numberedKeys('layer', number) } : {})}
      >
        {layer.name}
      </ControlMenu>
      <Tip words={text.perform.mute(layer.name)} {...(numbered ? { keys: numberedKeys('mute', number) } : {})}>
        <ToggleButton className="mute" aria-label={text.perform.mute(layer.name)} isSelected={muted} onChange={(next) => actions.input({ kind: 'mute', layer: layer.id, muted: next })}>
          {muted ? text.perform.muted : text.perform.muteShort}
        </ToggleButton>
      </Tip>
      <div className="strip-level">
        <LevelSlider label={text.perform.level(layer.name)} value={own} onChange={set} onReset={() => set(null)} id={`level-${number}`}>
          <Sounding layer={layer.id} />
        </LevelSlider>
        <Meter layer={layer.id} name={layer.name} />
      </div>
      <NumberBox label={text.perform.levelValue(layer.name)} hideLabel value={Math.round(own * 100) / 100} onChange={set} min={0} max={1} step={0.01} unit="percent" />
      <RouteChoice layer={layer} index={number - 1} />
    </li>
  );
};

/** A strip for each layer: level with its meter, mute, MIDI route. */
export const Mixer = ({ score }: { readonly score: Score }): ReactElement => (
  <Panel title={text.perform.mixer} className="mixer">
    <ol className="strips">
      {score.layers.map((layer, index) => <Strip key={layer.id} layer={layer} number={index + 1} />)}
    </ol>
  </Panel>
);
