import { useRef, useState, type ReactElement } from 'react';
import { MOST_SENSORS, SENSOR_KINDS, type SensorConsent, type SensorKind } from '../../../core/ipc/sensors.ts';
import { Panel } from '../parts/Panel.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { SensorChooser } from './SensorChooser.tsx';
import { SensorConsentCard } from './SensorConsentCard.tsx';
import { SensorRow } from './SensorRow.tsx';

/** Sensors that this machine holds by Bluetooth: the wearer's word first, then which one, then how it fares through the night. */
export const Sensors = (): ReactElement | null => {
  const actions = useActions();
  const view = useStudio((state) => state.sensors, sameContent);
  const heard = useStudio((state) => state.gathering?.kind === 'room');
  /** The kind whose wearer is being asked. */
  const [asking, setAsking] = useState<SensorKind | null>(null);
  const [consent, setConsent] = useState<SensorConsent | null>(null);
  const hands = useRef<HTMLDivElement>(null);
  if (view === null) return null;
  const { scan, sensors } = view;

  /** Back to the buttons, with the focus on the one that began it. */
  const close = (kind: SensorKind): void => {
    setAsking(null);
    requestAnimationFrame(() => hands.current?.querySelectorAll('button')[SENSOR_KINDS.indexOf(kind)]?.focus());
  };
  const look = (kind: SensorKind, agreed: SensorConsent): void => {
    setAsking(null);
    setConsent(agreed);
    actions.scanSensors({ kind, consent: agreed });
  };
  return (
    <Panel title={text.sensors.title} hint={text.sensors.hint} className="sensors">
      {sensors.length > 0 && !heard && <p className="sensors-unheard">{text.sensors.unheard}</p>}
      {sensors.length > 0 && (
        <ul className="sensor-list" aria-label={text.sensors.connected}>
          {sensors.map((card) => <SensorRow key={card.device} card={card} />)}
        </ul>
      )}
      {scan !== null ? (
        <SensorChooser
          scan={scan}
          onAgain={() => (consent === null ? actions.cancelSensors().then(() => setAsking(scan.kind)) : look(scan.kind, consent))}
          onClose={() => void actions.cancelSensors().then(() => close(scan.kind))}
        />
      ) : asking !== null ? (
        <SensorConsentCard kind={asking} onAgree={(agreed) => look(asking, agreed)} onClose={() => close(asking)} />
      ) : (
        <div className="sensor-hands" ref={hands}>
          {SENSOR_KINDS.map((kind) => (
            <PushButton key={kind} isDisabled={sensors.length >= MOST_SENSORS} onPress={() => setAsking(kind)}>{text.sensors.connect[kind]}</PushButton>
          ))}
        </div>
      )}
    </Panel>
  );
};
