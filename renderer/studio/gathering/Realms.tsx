import { useState, type ReactElement } from 'react';
import { CheckboxGroup, Checkbox } from 'react-aria-components';
import type { RoomView } from '../../../core/ipc/room.ts';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

type Partition = RoomView['realms'];

/** The partition with these circles in one realm. */
export const joined = (realms: Partition, chosen: readonly string[]): string[][] => {
  const apart = realms.map((realm) => realm.filter((circle) => !chosen.includes(circle))).filter((realm) => realm.length > 0);
  const together = realms.flat().filter((circle) => chosen.includes(circle));
  return together.length === 0 ? apart : [...apart, together];
};

/** The partition with each of these circles by itself. */
export const parted = (realms: Partition, chosen: readonly string[]): string[][] => [
  ...realms.map((realm) => realm.filter((circle) => !chosen.includes(circle))).filter((realm) => realm.length > 0),
  ...realms.flat().filter((circle) => chosen.includes(circle)).map((circle) => [circle]),
];

/** Which circles are one realm; the host joins them and sets them apart, and the music follows over 45 seconds. */
export const Realms = ({ realms }: { readonly realms: Partition }): ReactElement => {
  const actions = useActions();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const arrange = (next: string[][]): void => {
    actions.commandRoom({ kind: 'realms', realms: next });
    actions.say(text.room.realmsNow(next));
  };
  return (
    <section className="realms" aria-label={text.room.realms}>
      <h3>{text.room.realms}</h3>
      <p>{text.room.realmsNow(realms)}</p>
      <CheckboxGroup className="realm-choice" aria-label={text.room.chooseCircles} value={[...chosen]} onChange={setChosen}>
        {realms.flat().toSorted().map((circle) => (
          <Checkbox key={circle} value={circle} className="realm-circle">
            <span className="check-box" aria-hidden="true" />
            {circle}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <div className="editor-hands">
        <PushButton isDisabled={chosen.length < 2} onPress={() => arrange(joined(realms, chosen))}>{text.room.joinChosen}</PushButton>
        <PushButton isDisabled={chosen.length < 1} onPress={() => arrange(parted(realms, chosen))}>{text.room.partChosen}</PushButton>
      </div>
      <p className="hint">{text.room.realmsHint}</p>
    </section>
  );
};
