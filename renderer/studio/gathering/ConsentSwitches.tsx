import type { ReactElement } from 'react';
import type { SensorConsent } from '../../../core/ipc/sensors.ts';
import { Toggle } from '../parts/Toggle.tsx';
import { text } from '../text/text.ts';

const WISHES = ['live', 'record', 'publish'] as const;

/** What a wearer agrees to, each by itself. */
export const ConsentSwitches = ({ consent, onChange }: { readonly consent: SensorConsent; readonly onChange: (consent: SensorConsent) => void }): ReactElement => (
  <div className="consent-switches">
    {WISHES.map((wish) => (
      <Toggle key={wish} isOn={consent[wish]} onChange={(on) => onChange({ ...consent, [wish]: on })}>{text.sensors.wishes[wish]}</Toggle>
    ))}
  </div>
);
