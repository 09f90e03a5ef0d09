import type { ReactElement } from 'react';
import { NumberBox } from '../parts/NumberBox.tsx';
import { TimeBox } from '../parts/TimeBox.tsx';
import { text } from '../text/text.ts';

interface Pace {
  readonly startAt: number;
  readonly speed: number;
}

/** Where in the night it begins, and how fast the night runs. */
export const PaceFields = ({ startAt, speed, onChange }: Pace & { readonly onChange: (pace: Pace) => void }): ReactElement => (
  <>
    <div className="source-fields">
      <TimeBox label={text.gathering.startAt} seconds={startAt} onChange={(next) => onChange({ startAt: next, speed })} />
      <NumberBox label={text.gathering.speed} value={speed} min={1} max={240} unit="×" onChange={(next) => onChange({ startAt, speed: next })} />
    </div>
    <p className="hint">{text.gathering.speedHint}</p>
  </>
);
