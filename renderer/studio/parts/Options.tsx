import type { ReactElement } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';

interface Props<Id extends string> {
  readonly label: string;
  readonly value: Id;
  readonly options: readonly { readonly id: Id; readonly name: string; readonly hint: string }[];
  readonly onChange: (id: Id) => void;
}

/** One of two or three, each with a line that says what it means. */
export const Options = <Id extends string>({ label, value, options, onChange }: Props<Id>): ReactElement => (
  <RadioGroup
    className="options"
    value={value}
    onChange={(next) => {
      const chosen = options.find((option) => option.id === next);
      if (chosen !== undefined) onChange(chosen.id);
    }}
  >
    <Label className="options-label">{label}</Label>
    <div className="options-row">
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className="option">
          <span className="option-mark" aria-hidden="true" />
          <span className="option-words">
            <span className="option-name">{option.name}</span>
            <span className="hint">{option.hint}</span>
          </span>
        </Radio>
      ))}
    </div>
  </RadioGroup>
);
