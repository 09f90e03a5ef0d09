import type { ReactElement } from 'react';
import { OSC_LAYOUTS, type OscSource, type Room } from '../../../core/ipc/room.ts';
import { Choice } from '../parts/Choice.tsx';
import { NumberBox } from '../parts/NumberBox.tsx';
import { Options } from '../parts/Options.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { Toggle } from '../parts/Toggle.tsx';
import { text } from '../text/text.ts';
import { BrokerFields } from './BrokerFields.tsx';
import { circlesOf, newBroker, whoseRoom } from './room-drafts.ts';

const WHOSE = [
  { id: 'others' as const, name: text.room.others, hint: text.room.othersHint },
  { id: 'mine' as const, name: text.room.mine, hint: text.room.mineHint },
];
// A map of one's own is written in a file (docs/sensors.md).
const LAYOUTS = OSC_LAYOUTS.filter((layout) => layout !== 'map').map((id) => ({ id, name: text.room.layouts[id] }));

interface Props {
  readonly value: Room;
  readonly onChange: (value: Room) => void;
}

const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
const changed = <T,>(list: readonly T[], at: number, next: T): T[] => list.map((each, index) => (index === at ? next : each));

type Door = { readonly port: number } | null;

/** One door, and the port behind which it stands. */
const Door = ({ name, usual, value, onChange }: { readonly name: string; readonly usual: number; readonly value: Door; readonly onChange: (value: Door) => void }): ReactElement => (
  <div className="door">
    <Toggle isOn={value !== null} onChange={(on) => onChange(on ? { port: usual } : null)}>{name}</Toggle>
    {value !== null && <NumberBox label={text.room.portOf(name)} hideLabel unit={text.room.portUnit} value={value.port} min={0} max={65_535} onChange={(port) => onChange({ port })} />}
  </div>
);

/** Doors for others: the pod page, the broker of its own, and who may reach them. */
const Doors = ({ value, onChange }: Props): ReactElement => (
  <>
    <div className="source-fields">
      <TextBox label={text.room.name} value={value.gathering} maxLength={40} onCommit={(gathering) => onChange({ ...value, gathering })} />
      <TextBox label={text.room.circles} value={value.circles.join(', ')} maxLength={400} onCommit={(names) => onChange({ ...value, ...circlesOf(value, names) })} />
    </div>
    <p className="hint">{text.room.circlesHint}</p>
    <div className="doors">
      <Door name={text.room.page} usual={8026} value={value.page} onChange={(page) => onChange({ ...value, page: page === null ? null : { origin: null, ...page } })} />
      <Door name={text.room.broker} usual={1883} value={value.broker} onChange={(broker) => onChange({ ...value, broker })} />
    </div>
  </>
);

const OscRow = ({ value, onChange, onRemove }: { readonly value: OscSource; readonly onChange: (value: OscSource) => void; readonly onRemove: () => void }): ReactElement => (
  <div className="source-row">
    <Choice label={text.room.layout} value={value.layout} options={LAYOUTS} onChange={(layout) => onChange({ ...value, layout })} />
    <NumberBox label={text.room.port} value={value.port} min={0} max={65_535} onChange={(port) => onChange({ ...value, port })} />
    <PushButton kind="quiet" onPress={onRemove}>{text.room.remove}</PushButton>
  </div>
);

/** What a room listens to. */
export const RoomForm = ({ value, onChange }: Props): ReactElement => {
  const [first = 'one'] = value.circles;
  return (
    <>
      <Options label={text.room.whose} value={value.whose} options={WHOSE} onChange={(whose) => onChange(whoseRoom(value, whose))} />
      <Toggle isOn={value.open} onChange={(open) => onChange({ ...value, open })}>{value.whose === 'mine' ? text.room.openMine : text.room.open}</Toggle>
      {value.whose === 'others' && <Doors value={value} onChange={onChange} />}
      {value.osc.map((source, at) => (
        <OscRow key={at} value={source} onChange={(next) => onChange({ ...value, osc: changed(value.osc, at, next) })} onRemove={() => onChange({ ...value, osc: without(value.osc, at) })} />
      ))}
      {value.mqtt.map((source, at) => (
        <div className="source-row" key={at}>
          <BrokerFields value={source} onChange={(next) => onChange({ ...value, mqtt: changed(value.mqtt, at, next) })} />
          <PushButton kind="quiet" onPress={() => onChange({ ...value, mqtt: without(value.mqtt, at) })}>{text.room.remove}</PushButton>
        </div>
      ))}
      <div className="editor-hands">
        <PushButton isDisabled={value.osc.length >= 16} onPress={() => onChange({ ...value, osc: [...value.osc, { layout: 'mind-monitor', port: 0, circle: first, map: [] }] })}>{text.room.addOsc}</PushButton>
        {value.whose === 'others' && (
          <PushButton isDisabled={value.mqtt.length >= 8} onPress={() => onChange({ ...value, mqtt: [...value.mqtt, newBroker(first)] })}>{text.room.addBroker}</PushButton>
        )}
      </div>
      <div className="source-fields">
        <NumberBox label={text.room.beside} value={value.simulate?.pods ?? 0} min={0} max={500} onChange={(pods) => onChange({ ...value, simulate: pods === 0 ? null : { pods, seed: 1, mishaps: true, circle: first } })} />
      </div>
    </>
  );
};
