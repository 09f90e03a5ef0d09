import type mqtt from 'mqtt';
import type { BrokerSource } from '../../core/ipc/room.ts';
import type { Clock } from '../clock.ts';
import type { Adapter, Intake } from './adapter.ts';
import type { Backoff } from './backoff.ts';
import { createBudget } from './budget.ts';
import { createMqttLink } from './mqtt-link.ts';
import { takePodMessage } from './pod-message.ts';
import { everyPodTopic, podTopicReader } from './topics.ts';

export interface MqttAdapterOptions {
  readonly source: BrokerSource;
  readonly gathering: string;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly connect?: typeof mqtt.connect;
  readonly backoff?: Backoff;
}

/**
 * Pods by way of a broker that stands elsewhere. It does not say who sent what, so a pod's connection is its own address: that
 * each speaks for itself alone is the broker's to see to (docs/nexus.md has rules for Mosquitto). A frame or a chant
 * that comes when there is no time for it is let go; a change of consent and a bye never are.
 */
export const createMqttAdapter = ({ source, gathering, intake, clock, connect, backoff }: MqttAdapterOptions): Adapter => {
  const read = podTopicReader(gathering);
  const budget = createBudget(clock);
  const link = createMqttLink({
    source,
    clock,
    subscribe: [everyPodTopic(gathering)],
    onMessage: (path, payload) => {
      const topic = read(path);
      if (topic === null) return;
      const mayWait = topic.verb === 'frame' || topic.verb === 'chant';
      const work = (): void => void takePodMessage(intake, topic, payload, { adapter: link.name, connection: topic.sid, circle: source.circle });
      if (mayWait) budget.spend(work);
      else budget.must(work);
    },
    ...(connect === undefined ? {} : { connect }),
    ...(backoff === undefined ? {} : { backoff }),
  });
  return {
    name: link.name,
    start: link.start,
    stop: link.stop,
    health: () => {
      const { state, words } = link.health();
      const letGo = budget.letGo();
      return { state, words: letGo === 0 || state !== 'live' ? words : `${words}; more comes than this machine can take: ${letGo} messages were let go` };
    },
  };
};
