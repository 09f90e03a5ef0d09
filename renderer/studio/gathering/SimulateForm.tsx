import type { ReactElement } from 'react';
import type { GatheringSource } from '../../../core/ipc/contract.ts';
import { NumberBox } from '../parts/NumberBox.tsx';
import { text } from '../text/text.ts';
import { PaceFields } from './PaceFields.tsx';

type Simulated = Extract<GatheringSource, { kind: 'simulate' }>;

/** How many simulated sleepers, and which night of theirs. */
export const SimulateForm = ({ value, onChange }: { readonly value: Simulated; readonly onChange: (value: Simulated) => void }): ReactElement => (
  <>
    <div className="source-fields">
      <NumberBox label={text.gathering.pods} value={value.pods} min={1} max={500} onChange={(pods) => onChange({ ...value, pods })} />
      <NumberBox label={text.gathering.seed} value={value.seed} min={0} max={0xffff_ffff} onChange={(seed) => onChange({ ...value, seed })} />
    </div>
    <PaceFields startAt={value.startAt} speed={value.speed} onChange={(pace) => onChange({ ...value, ...pace })} />
  </>
);
