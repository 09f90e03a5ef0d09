import { useState, type ReactElement } from 'react';
import { Input, Label, TextArea, TextField } from 'react-aria-components';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly maxLength: number;
  readonly isLong?: boolean;
  readonly mayBeEmpty?: boolean;
}

/** Text that becomes an edit when it is left or Enter is pressed; Escape takes the typing back. */
export const TextBox = ({ label, value, onCommit, maxLength, isLong = false, mayBeEmpty = false }: Props): ReactElement => {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    const next = draft?.trim() ?? value;
    setDraft(null);
    if (next !== value && (mayBeEmpty || next !== '')) onCommit(next);
  };
  return (
    <TextField
      className="field"
      value={draft ?? value}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(null);
        else if (event.key === 'Enter' && !isLong) commit();
        else event.continuePropagation();
      }}
      maxLength={maxLength}
    >
      <Label>{label}</Label>
      {isLong ? <TextArea className="text-input" rows={3} /> : <Input className="text-input" />}
    </TextField>
  );
};
