import { useState, type ReactElement } from 'react';
import type { SensorConsent, SensorKind } from '../../../core/ipc/sensors.ts';
import { PushButton } from '../parts/PushButton.tsx';
import { text } from '../text/text.ts';
import { ConsentSwitches } from './ConsentSwitches.tsx';
import { SensorDialog } from './SensorDialog.tsx';

const AT_FIRST: SensorConsent = { live: true, record: true, publish: false };

interface Props {
  readonly kind: SensorKind;
  readonly onAgree: (consent: SensorConsent) => void;
  readonly onClose: () => void;
}

/** What the wearer is asked before a sensor is looked for. Not modal: the music goes on, and so may everything else. */
export const SensorConsentCard = ({ kind, onAgree, onClose }: Props): ReactElement => {
  const [consent, setConsent] = useState(AT_FIRST);
  return (
    <SensorDialog heading={text.sensors.consentTitle[kind]} onClose={onClose}>
      <p>{text.sensors.consentWords}</p>
      <ConsentSwitches consent={consent} onChange={setConsent} />
      <p className="hint">{text.sensors.consentHint}</p>
      <div className="editor-hands">
        <PushButton kind="main" onPress={() => onAgree(consent)}>{text.sensors.look}</PushButton>
        <PushButton onPress={onClose}>{text.sensors.notNow}</PushButton>
      </div>
    </SensorDialog>
  );
};
