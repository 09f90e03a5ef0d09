import { useState, type ReactElement } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { fullTime, parseTime } from '../state/format.ts';
import { text } from '../text/text.ts';

interface Props {
  readonly label: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
  /** Words where the time is a time, yet does not fit. */
  readonly fault?: string | null;
}

/** A time from the start of the night, typed as `00:10:00`. */
export const TimeBox = ({ label, seconds, onChange, fault = null }: Props): ReactElement => {
  const [draft, setDraft] = useState<string | null>(null);
  const bad = draft !== null && parseTime(draft) === null;
  const words = bad ? text.exporting.badTime : fault;
  return (
    <TextField
      className="field time"
      value={draft ?? fullTime(seconds)}
      isInvalid={words !== null}
      onChange={(next) => {
        setDraft(next);
        const parsed = parseTime(next);
        if (parsed !== null) onChange(parsed);
      }}
      onBlur={() => setDraft(bad ? draft : null)}
      inputMode="numeric"
    >
      <Label>{label}</Label>
      <Input className="text-input" />
      <FieldError className="field-fault">{words ?? ''}</FieldError>
    </TextField>
  );
};
