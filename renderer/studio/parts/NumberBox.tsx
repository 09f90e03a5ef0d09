import { useState, type ReactElement } from 'react';
import { Group, Input, Label, NumberField } from 'react-aria-components';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** `percent` shows shares; other units stand behind the number. */
  readonly unit?: 'percent' | 'signed percent' | string;
  /** Where the label stands elsewhere already. */
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean;
}

const formatOf = (unit: string | undefined): Intl.NumberFormatOptions => {
  if (unit === 'percent') return { style: 'percent', maximumFractionDigits: 0 };
  if (unit === 'signed percent') return { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' };
  return { maximumFractionDigits: 1, useGrouping: false };
};

/** A number that is typed or stepped with the arrow keys. */
export const NumberBox = ({ label, value, onChange, min, max, step = 1, unit, hideLabel = false, isDisabled = false }: Props): ReactElement => {
  // While something is typed the value that it began from is kept, so that one that moves by itself does not wipe the typing away.
  const [typingOver, setTypingOver] = useState<number | null>(null);
  const behind = unit === undefined || unit.endsWith('percent') ? null : unit;
  return (
    <NumberField
      className="number"
      {...(hideLabel ? { 'aria-label': label } : {})}
      value={typingOver ?? value}
      onChange={(next) => {
        setTypingOver(null);
        if (Number.isFinite(next)) onChange(next);
      }}
      onBlur={() => setTypingOver(null)}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      formatOptions={formatOf(unit)}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Group className="number-box">
        <Input className="number-input" onInput={() => setTypingOver((before) => before ?? value)} />
        {behind !== null && <span className="unit" aria-hidden="true">{behind}</span>}
      </Group>
    </NumberField>
  );
};
