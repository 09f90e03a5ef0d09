import type { ReactElement } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

/** A password: never shown, never kept by the page. */
export const SecretBox = ({ label, value, maxLength, onChange }: { readonly label: string; readonly value: string; readonly maxLength: number; readonly onChange: (value: string) => void }): ReactElement => (
  <TextField className="field" type="password" value={value} onChange={onChange} maxLength={maxLength} autoComplete="off">
    <Label>{label}</Label>
    <Input className="text-input" />
  </TextField>
);
