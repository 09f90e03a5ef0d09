import type { ReactElement } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, type Key } from 'react-aria-components';
import { useOverlayBed } from './overlay-bed.ts';

export interface Option<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly value: Id;
  readonly options: readonly Option<Id>[];
  readonly onChange: (id: Id) => void;
  readonly hideLabel?: boolean;
}

/** One of a few, from a list that opens beside its button. */
export const Choice = <Id extends string>({ label, value, options, onChange, hideLabel = false }: Props<Id>): ReactElement => {
  const bed = useOverlayBed();
  return (
    <Select
      className="choice"
      {...(hideLabel ? { 'aria-label': label } : {})}
      value={value}
      onChange={(key: Key | null) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined && chosen.id !== value) onChange(chosen.id);
      }}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Button className="choice-button">
        <SelectValue className="choice-value" />
        <svg className="icon" viewBox="0 0 12 12" aria-hidden="true"><path d="M2.5 4.5 6 8l3.5-3.5" /></svg>
      </Button>
      <Popover {...bed} className="popover" isNonModal>
        <ListBox className="list" items={options}>
          {(option) => (
            <ListBoxItem className="list-item" id={option.id} textValue={option.name}>
              {option.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
};
