import type { AedesPublishPacket } from 'aedes';

type Done = (error?: Error | null) => void;
type Deliver = (packet: AedesPublishPacket, done: () => void) => void;

/** The part of mqemitter's interface that aedes asks for. */
export interface ExactTopics {
  readonly on: (topic: string, deliver: Deliver, done?: Done) => void;
  readonly removeListener: (topic: string, deliver: Deliver, done?: Done) => void;
  readonly emit: (packet: AedesPublishPacket, done?: Done) => void;
  readonly close: (done?: Done) => void;
}

/** Answers once the caller is through with its own work: aedes parses a stream's next bytes when it is answered. */
const answer = (done: Done | undefined): void => {
  if (done !== undefined) queueMicrotask(() => done());
};

/**
 * Who hears which topic, without wildcards: nobody may subscribe to one. What pods send has no subscriber and costs one look-up.
 * (aedes' own wildcards on `$SYS` serve clusters of brokers; they stand here as topics that nothing is sent to.)
 */
export const createExactTopics = (): ExactTopics => {
  const listeners = new Map<string, Set<Deliver>>();
  return {
    on: (topic, deliver, done) => {
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(deliver));
      answer(done);
    },
    removeListener: (topic, deliver, done) => {
      const own = listeners.get(topic);
      own?.delete(deliver);
      if (own?.size === 0) listeners.delete(topic);
      answer(done);
    },
    emit: (packet, done) => {
      listeners.get(packet.topic)?.forEach((deliver) => deliver(packet, () => undefined));
      answer(done);
    },
    close: (done) => {
      listeners.clear();
      answer(done);
    },
  };
};
