import { useEffect, type ReactElement } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { SensorScan } from '../../../core/ipc/sensors.ts';
import { HealthMark } from '../parts/HealthMark.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { SensorDialog } from './SensorDialog.tsx';

interface Props {
  readonly scan: SensorScan;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** What is near, to choose from; or why nothing is, and what helps. */
export const SensorChooser = ({ scan, onAgain, onClose }: Props): ReactElement => {
  const actions = useActions();
  const { kind, state, found } = scan;
  const looking = state === 'opening' || state === 'scanning' || state === 'connecting';
  const words = text.sensors.scanStates[state](kind);
  useEffect(() => actions.say(words), [actions, words]);
  return (
    <SensorDialog heading={<><HealthMark condition={looking ? 'rest' : 'care'} />{words}</>} onClose={onClose}>
      {looking ? <p className="hint">{text.sensors.help[kind]}</p> : <p>{text.sensors.scanHelp[state](kind)}</p>}
      {state === 'scanning' && found.length > 0 && (
        <ListBox className="list sensor-found" aria-label={text.sensors.found} items={found.map((each) => ({ id: each.key, ...each }))} onAction={(key) => actions.chooseSensor(String(key))}>
          {({ id, name }) => {
            const shown = name === '' ? text.sensors.nameless : name;
            return <ListBoxItem className="list-item" id={id} textValue={shown}>{shown}</ListBoxItem>;
          }}
        </ListBox>
      )}
      <div className="editor-hands">
        {!looking && <PushButton kind="main" onPress={onAgain}>{text.sensors.again}</PushButton>}
        <PushButton onPress={onClose}>{looking ? text.sensors.cancel : text.sensors.close}</PushButton>
      </div>
    </SensorDialog>
  );
};
