import type { ReactElement } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { NightClock } from '../clock/NightClock.tsx';
import { clockWords } from '../clock/words.ts';
import { Tip } from '../parts/Tip.tsx';
import { useActions, useStudio } from '../state/studio-context.ts';
import { PLACES, type Place } from '../state/studio-state.ts';
import { shortcutKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';
import { KeysPopover } from './KeysPopover.tsx';

const ICONS: Record<Place, string> = {
  perform: 'M4 14V9M9 14V4M14 14V7M2.5 11h3M7.5 7h3M12.5 10h3',
  compose: 'M3 13c3 0 3-8 6-8s3 5 6 5M3 16h12M6 3.5v2M12 7v-2',
  gathering: 'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M12.5 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M2 15c0-3 2-4.5 4-4.5s4 1.5 4 4.5M11.5 11.6c2.5-.6 4.5 1 4.5 3.4',
  library: 'M4 3v12M7.5 3v12M11 3.6l3.4 11.2M3 15h3M6.500 15h3',
  export: 'M9 2.500v8.500M5.500 7.500 9 11l3.500-3.500M3 12v3.500h12V12',
};

const MiniClock = (): ReactElement => {
  const word = useStudio((state) => (state.view?.frame == null || state.view.frame.gated ? null : clockWords(state.view.frame).deep));
  const together = useStudio((state) => (state.view?.frame == null || state.view.frame.gated ? null : clockWords(state.view.frame).together));
  return (
    <div className="mini">
      <NightClock small />
      <p aria-hidden="true">
        {word ?? ''}
        <br />
        {together ?? ''}
      </p>
    </div>
  );
};

/** The places of the studio, the small clock, dim mode and the keys. */
export const Rail = (): ReactElement => {
  const actions = useActions();
  const place = useStudio((state) => state.place);
  const dim = useStudio((state) => state.dim);
  return (
    <nav className="rail" aria-label={text.places.label}>
      <ul className="rail-places">
        {PLACES.map((one) => (
          <li key={one}>
            <Tip words={text.places[one]} keys={shortcutKeys(one)}>
              <Button className={place === one ? 'rail-place rail-here' : 'rail-place'} aria-current={place === one ? 'page' : false} onPress={() => actions.go(one)}>
                <svg className="icon" viewBox="0 0 18 18" aria-hidden="true"><path d={ICONS[one]} /></svg>
                {text.places[one]}
              </Button>
            </Tip>
          </li>
        ))}
      </ul>
      {place !== 'perform' && <MiniClock />}
      <div className="rail-foot">
        <KeysPopover />
        <Tip words={text.dim.hint} keys={shortcutKeys('dim')}>
          <ToggleButton className="rail-small" isSelected={dim} onChange={actions.setDim}>
            <svg className="icon" viewBox="0 0 18 18" aria-hidden="true"><path d="M14.500 11A6 6 0 0 1 7 3.500 6 6 0 1 0 14.500 11z" /></svg>
            {text.dim.off}
          </ToggleButton>
        </Tip>
      </div>
    </nav>
  );
};
