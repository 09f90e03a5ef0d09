import type { ReactElement } from 'react';
import { useGesture } from '../state/use-gesture.ts';
import { LevelSlider } from './LevelSlider.tsx';
import { text } from '../text/text.ts';
import { NumberBox } from './NumberBox.tsx';

interface Props {
  readonly label: string;
  /** The full name where the label alone would not say whose it is. */
  readonly name: string;
  readonly value: number;
  readonly min?: number;
  readonly onChange: (value: number, gesture?: string) => void;
  readonly reset?: number;
}

/** A share of the score: slider and typed value in a row. A drag is one step of undo. */
export const ShareRow = ({ label, name, value, min = 0, onChange, reset }: Props): ReactElement => {
  const gesture = useGesture();
  return (
    <div className="share-row">
      <span className="share-label" aria-hidden="true">{label}</span>
      <LevelSlider label={name} value={value} min={min} onChange={(next) => onChange(next, gesture.name())} onEnd={gesture.end} {...(reset === undefined ? {} : { onReset: () => onChange(reset) })} />
      <NumberBox label={text.control.typed(name)} hideLabel value={Math.round(value * 100) / 100} onChange={(next) => onChange(next)} min={min} max={1} step={0.01} unit={min < 0 ? 'signed percent' : 'percent'} />
    </div>
  );
};
