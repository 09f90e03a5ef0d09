import type { ReactElement } from 'react';
import type { SensorCard } from '../../../core/ipc/sensors.ts';
import { HealthMark, type Condition } from '../parts/HealthMark.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { percent } from '../state/format.ts';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { ConsentSwitches } from './ConsentSwitches.tsx';

/** A battery that may not last the night. */
const LOW_BATTERY = 0.3;
/** Below this a signal is not worth much. */
const POOR_QUALITY = 0.5;

const conditionOf = ({ state, contact, quality }: SensorCard): Condition => {
  if (state === 'connecting') return 'rest';
  if (contact === 'off') return 'bad';
  return state === 'live' && contact !== 'poor' && (quality === null || quality >= POOR_QUALITY) ? 'good' : 'care';
};

const facts = ({ battery, lost, dropped }: SensorCard): string =>
  [
    ...(battery === null ? [] : [text.sensors.battery(percent(battery), battery < LOW_BATTERY)]),
    ...(lost === null || lost < 0.005 ? [] : [text.sensors.lost(percent(lost))]),
    ...(dropped === 0 ? [] : [text.sensors.dropped(dropped)]),
  ].join(' · ');

/** One connected sensor: how it fares, what its wearer agreed to, and the way out. */
export const SensorRow = ({ card }: { readonly card: SensorCard }): ReactElement => {
  const actions = useActions();
  const { device, kind, number, state, retryIn, contact, quality, consent } = card;
  const name = text.sensors.names[kind](number);
  return (
    <li className="sensor-card sensor-row">
      <p className="sensor-heading">
        <HealthMark condition={conditionOf(card)} />
        <strong>{name}</strong>
        <span>{state === 'live' && !consent.live ? text.sensors.withheld : text.sensors.states[state](retryIn)}</span>
      </p>
      <div className="sensor-signal">
        <span>{state === 'live' ? text.sensors.contacts[kind][contact] : text.sensors.noSignal}</span>
        {quality !== null && state === 'live' && (
          <>
            <span className="signal-now" aria-hidden="true"><span style={{ inlineSize: percent(quality) }} /></span>
            <span>{text.sensors.quality(percent(quality))}</span>
          </>
        )}
      </div>
      {facts(card) !== '' && <p className="hint">{facts(card)}</p>}
      <div className="sensor-consent" role="group" aria-label={text.sensors.consentOf(name)}>
        <ConsentSwitches consent={consent} onChange={(next) => actions.consentSensor({ device, consent: next })} />
        <PushButton kind="danger" name={text.sensors.forgetThis(name)} onPress={() => actions.forgetSensor(device)}>{text.sensors.forget}</PushButton>
      </div>
    </li>
  );
};
