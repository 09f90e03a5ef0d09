import type { ReactElement } from 'react';
import type { PodCard } from '../../../core/ipc/room.ts';
import { HealthMark, type Condition } from '../parts/HealthMark.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const CONDITIONS: Readonly<Record<PodCard['state'], Condition>> = { waiting: 'rest', live: 'good', stale: 'care', limited: 'bad' };
const SENSORS = ['eeg', 'hr', 'resp', 'motion'] as const;

/** Quality of each sensor as a bar: how well it is heard, not what it says. */
const Quality = ({ quality }: { readonly quality: PodCard['quality'] }): ReactElement => (
  <span className="pod-quality" role="img" aria-label={text.room.qualityOf(quality)}>
    {SENSORS.map((sensor) => (
      <span key={sensor} className="pod-sensor">
        <span className="pod-sensor-name" aria-hidden="true">{text.room.sensorShort[sensor]}</span>
        <span className="signal-now" aria-hidden="true"><span style={{ inlineSize: `${quality[sensor] * 100}%` }} /></span>
      </span>
    ))}
  </span>
);

const Pod = ({ pod }: { readonly pod: PodCard }): ReactElement => {
  const actions = useActions();
  return (
    <li className="pod">
      <HealthMark condition={CONDITIONS[pod.state]} />
      <span className="pod-name">
        {pod.name} <span className="hint">{pod.circle}</span>
      </span>
      <span className="pod-words">
        {pod.trouble ?? text.room.podState(pod)}
        <span className="hint">{text.room.consents(pod)}</span>
      </span>
      <Quality quality={pod.quality} />
      <PushButton kind="quiet" name={text.room.removePod(pod.name)} tip={text.room.removeTip} onPress={() => actions.commandRoom({ kind: 'remove', pod: pod.name })}>{text.room.removeShort}</PushButton>
    </li>
  );
};

/** Every pod by a number, troubled ones first. @param hidden how many more there are than are listed */
export const PodList = ({ pods, hidden }: { readonly pods: readonly PodCard[]; readonly hidden: number }): ReactElement => (
  <section className="pods" aria-label={text.room.pods}>
    <h3>{text.room.pods}</h3>
    {pods.length === 0 && <p className="hint">{text.room.noPods}</p>}
    <ul>{pods.map((pod) => <Pod key={pod.name} pod={pod} />)}</ul>
    {hidden > 0 && <p className="hint">{text.room.morePods(hidden)}</p>}
  </section>
);
