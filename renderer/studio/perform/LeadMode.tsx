import type { ReactElement } from 'react';
import { Radio, RadioGroup, Label } from 'react-aria-components';
import { useActions, useStudio } from '../state/studio-context.ts';
import { shortcutKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

const MODES = ['freeze', 'follow', 'lead'] as const;

/** Who leads: the sleepers now, what they last were, or the hand. */
export const LeadMode = (): ReactElement => {
  const actions = useActions();
  const mode = useStudio((state) => state.view?.mode ?? 'follow');
  return (
    <RadioGroup
      className="segments"
      orientation="horizontal"
      value={mode}
      onChange={(next) => {
        const chosen = MODES.find((one) => one === next);
        if (chosen !== undefined) actions.input({ kind: 'mode', mode: chosen });
      }}
    >
      <Label className="segments-label">{text.perform.mode}</Label>
      <div className="segments-row">
        {MODES.map((one) => (
          <Radio key={one} value={one} className="segment">
            <span className="segment-name">{text.perform.modes[one].name}</span>
            <kbd aria-hidden="true">{shortcutKeys(one)}</kbd>
          </Radio>
        ))}
      </div>
      <p className="hint">{text.perform.modes[mode].hint}</p>
    </RadioGroup>
  );
};
