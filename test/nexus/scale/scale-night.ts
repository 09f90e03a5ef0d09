import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import type { BrokerSource } from '../../../core/ipc/room.ts';
import { createMqttLink, type MqttLink } from '../../../nexus/adapters/mqtt-link.ts';
import { podTopic } from '../../../nexus/adapters/topics.ts';
import { systemClock } from '../../../nexus/clock.ts';
import { decodeCollective, type CollectiveMessage } from '../../../nexus/scale/collective-message.ts';
import { decodeShardMessage, type ShardMessage, type Speaker } from '../../../nexus/scale/forward.ts';
import { createOwner } from '../../../nexus/scale/owner.ts';
import { decodePartial, type Partial } from '../../../nexus/scale/partial.ts';
import { createCrowd } from '../../../nexus/simulator/crowd.ts';
import { simulateNight } from '../../../nexus/simulator/simulated-night.ts';
import { readSleepModel } from '../../../nexus/simulator/sleep-model.ts';

/** Builds the program that the processes run, as plain Node can. */
export const buildScaleProcess = async (folder: string): Promise<string> => {
  await build({
    configFile: false,
    logLevel: 'silent',
    root: join(import.meta.dirname, '..', '..', '..'),
    ssr: { noExternal: true },
    build: { ssr: 'test/nexus/scale/scale-process.ts', outDir: folder, target: 'node20.18', rolldownOptions: { output: { format: 'es', entryFileNames: 'scale.mjs' } } },
  });
  return join(folder, 'scale.mjs');
};

/** Starts one of them; settles once it is connected. */
export const startProcess = async (program: string, asked: object): Promise<ChildProcess> => {
  const child = fork(program, [JSON.stringify(asked)]);
  await new Promise((resolve) => child.once('message', resolve));
  return child;
};

/** Sleepers that send once a second each, spread over the second, while their night runs several times faster. */
export interface Sleepers {
  readonly sids: readonly string[];
  leave(sid: string): void;
  stop(): void;
}

export const startSleepers = (link: MqttLink, gathering: string, count: number, speed: number): Sleepers => {
  const model = readSleepModel();
  const crowd = createCrowd({ sources: Array.from({ length: count }, (_, i) => simulateNight(model, 1, i)), staging: 'probabilities', seed: 1 });
  for (let i = 0; i < 2_000; i += 1) crowd.step();
  let frames = crowd.step();
  const sids = frames.map(({ sid }) => sid);
  const gone = new Set<string>();
  let turn = 0;
  const timer = setInterval(() => {
    const frame = frames[turn % count];
    if (frame !== undefined && !gone.has(frame.sid)) link.publish(podTopic(gathering, frame.sid, 'frame'), JSON.stringify(frame));
    turn += 1;
    if (turn % count === 0) for (let i = 0; i < speed; i += 1) frames = crowd.step();
  }, 1_000 / count);
  return {
    sids,
    leave: (sid) => {
      gone.add(sid);
      link.publish(podTopic(gathering, sid, 'bye'), '', { qos: 1 });
    },
    stop: () => clearInterval(timer),
  };
};

/** All that an observer heard, in its order. */
export interface Observed {
  /** By shard. */
  readonly delivered: readonly ShardMessage[][];
  readonly partials: readonly Partial[][];
  /** What the merger sent to the merger above it. */
  readonly merged: Partial[];
  readonly collective: (CollectiveMessage & { readonly came: number })[];
  readonly link: MqttLink;
}

export const observe = async (source: BrokerSource, gathering: string, above: string, of: number): Promise<Observed> => {
  const delivered = Array.from({ length: of }, (): ShardMessage[] => []);
  const partials = Array.from({ length: of }, (): Partial[] => []);
  const merged: Partial[] = [];
  const collective: (CollectiveMessage & { readonly came: number })[] = [];
  const link = createMqttLink({
    source,
    clock: systemClock,
    packetBytes: 300_000,
    subscribe: [`nexus/v1/${gathering}/shard/+`, `nexus/v1/${gathering}/partial/+`, `nexus/v1/${above}/partial/0`, `nexus/v1/${gathering}/collective`],
    onMessage: (topic, payload) => {
      const [, , name = '', level, shard] = topic.split('/');
      if (level === 'shard') delivered[Number(shard)]?.push(decodeShardMessage(payload) ?? { kind: 'batch', items: [] });
      if (level === 'collective') {
        const message = decodeCollective(payload);
        if (message !== null) collective.push({ ...message, came: Date.now() });
      }
      const partial = level === 'partial' ? decodePartial(payload) : null;
      if (partial !== null) (name === above ? merged : (partials[partial.shard] ?? [])).push(partial);
    },
  });
  await link.start();
  return { delivered, partials, merged, collective, link };
};

const same = (a: Speaker, b: Speaker): boolean => a.since === b.since && a.id === b.id;

/** Folds again, in this process, what one life of an owner was delivered, and gives its sums at each moment that it spoke of. */
export const foldAgain = (messages: readonly ShardMessage[], spoken: readonly Partial[], of: number, firstMs: number): Map<number, Partial> => {
  const [first] = spoken;
  if (first === undefined) return new Map();
  const owner = createOwner({ shard: first.shard, of, speaker: first.speaker, firstMs });
  const mark = messages.findIndex((message) => message.kind === 'mark' && same(message.speaker, first.speaker));
  const since = messages.slice(mark).filter((message, i) => i === 0 || message.kind === 'batch');
  let taken = 0;
  const folded = new Map<number, Partial>();
  for (const { moment, heard } of spoken) {
    // The mark itself, then as many batches as it had heard.
    for (; taken <= heard; taken += 1) {
      const message = since[taken];
      if (message !== undefined) owner.take(message);
    }
    folded.set(moment, owner.at(moment));
  }
  return folded;
};

/** The lives of one shard: what each of its speakers said. */
export const livesOf = (partials: readonly Partial[]): Partial[][] => {
  const lives: Partial[][] = [];
  for (const partial of partials) {
    const life = lives.find(([first]) => first !== undefined && same(first.speaker, partial.speaker));
    if (life === undefined) lives.push([partial]);
    else life.push(partial);
  }
  return lives;
};
