import { setTimeout as pause } from 'node:timers/promises';
import { encode } from 'cborg';
import mqtt from 'mqtt';
import { addPod, emptyShard } from '../../core/signal/fold.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { podTopic } from '../../nexus/adapters/topics.ts';
import { createCollectiveVoice, startVoice } from '../../nexus/scale/collective-voice.ts';
import { decodeShardMessage, encodeBatch, type Forwarded } from '../../nexus/scale/forward.ts';
import { createShardIntake } from '../../nexus/scale/intake.ts';
import { createMerge } from '../../nexus/scale/merge.ts';
import { createOwner } from '../../nexus/scale/owner.ts';
import { runMerger } from '../../nexus/scale/merger.ts';
import { decodePartial, encodePartial } from '../../nexus/scale/partial.ts';
import { runShard } from '../../nexus/scale/shard.ts';
import { fakeWallClock } from '../nexus/scale/fake-broker.ts';
import { mosquittoPath, startMosquitto } from '../support/mosquitto.ts';
import { podFrame, reading } from '../support/pods.ts';

const START = 1_800_000_000_000;
const GATHERING = 'bench';
const SECONDS = 5;

const sid = (pod: number): string => (0x1000_0000_0000 + pod).toString(16).padStart(16, '0');
const frameOf = (pod: number, second: number): PodFrame =>
  podFrame({ sid: sid(pod), seq: second, tMono: second * 1_000, pStage: [0.0123, 0.1, 0.6877, 0.15, 0.05], hrBpm: 50 + (pod % 300) / 10, respPhase: (pod % 628) / 100, rmssdMs: 41.7 });

const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** CPU microseconds a frame of the intake: decode, check, pack. */
const benchIntake = (pods: number): { readonly cost: number; readonly bytes: number } => {
  const clock = fakeWallClock(START);
  let bytes = 0;
  const intake = createShardIntake({ gathering: GATHERING, of: 4, clock: { ...clock, now: () => 0 }, send: (_topic, payload) => {
    bytes += payload.length;
    return true;
  } });
  const messages = Array.from({ length: pods }, (_, pod) => [podTopic(GATHERING, sid(pod), 'frame'), Buffer.from(JSON.stringify(frameOf(pod, 1)))] as const);
  for (const [topic, payload] of messages) intake.take(topic, payload);
  bytes = 0;
  const before = cpuMicros();
  for (const [topic, payload] of messages) intake.take(topic, payload);
  intake.stop();
  return { cost: (cpuMicros() - before) / pods, bytes: bytes / pods };
};

/** CPU microseconds of the owner: a frame taken in, and a pod at one of the 4 moments a second. */
const benchOwner = (pods: number): { readonly taking: number; readonly folding: number } => {
  const speaker = { since: START, id: 1 };
  const owner = createOwner({ shard: 0, of: 1, speaker, firstMs: 500 });
  owner.take({ kind: 'mark', speaker });
  let taking = 0;
  let folding = 0;
  for (let second = 0; second < SECONDS + 3; second += 1) {
    const batches: Uint8Array[] = [];
    for (let from = 0; from < pods; from += 100) {
      batches.push(encodeBatch(Array.from({ length: Math.min(100, pods - from) }, (_, i): Forwarded => ({ kind: 'frame', at: START + second * 1_000 + (i % 250), frame: frameOf(from + i, second) }))));
    }
    const begin = cpuMicros();
    for (const batch of batches) {
      const message = decodeShardMessage(batch);
      if (message !== null) owner.take(message);
    }
    owner.at(START + second * 1_000 + 250);
    const taken = cpuMicros();
    for (const quarter of [500, 750, 1_000]) owner.at(START + second * 1_000 + quarter);
    if (second < 3) continue;
    const fold = (cpuMicros() - taken) / 3;
    folding += fold;
    taking += taken - begin - fold;
  }
  return { taking: taking / pods / SECONDS, folding: folding / pods / SECONDS };
};

/** CPU microseconds of the merger: one partial, and one moment over so many shards. */
const benchMerger = (of: number): { readonly partial: number; readonly moment: number; readonly bytes: number } => {
  const live = Array.from({ length: 1_000 }, (_, i) => reading('N2', i)).reduce(addPod, emptyShard());
  const sent = (moment: number): Uint8Array[] => Array.from({ length: of }, (_, shard) => encodePartial({ moment, shard, of, speaker: { since: START, id: shard }, heard: 1_000, shards: 1, until: null, chanting: { voices: 0, strength: 0 }, sums: { live, kept: live.map((value) => value >> 1), published: emptyShard() } }));
  const merge = createMerge(of);
  const voice = createCollectiveVoice(START, 5, startVoice());
  let hearing = 0;
  let merging = 0;
  let bytes = 0;
  const rounds = 40;
  for (let round = 0; round < rounds + 10; round += 1) {
    const moment = START + round * 250;
    const messages = sent(moment);
    bytes = messages[0]?.length ?? 0;
    const begin = cpuMicros();
    for (const message of messages) {
      const partial = decodePartial(message);
      if (partial !== null) merge.hear(partial, moment + 400);
    }
    const heard = cpuMicros();
    const merged = merge.at(moment);
    voice.frameAt(merged.sums.live, 0, moment);
    voice.frameAt(merged.sums.kept, 0, moment);
    if (round < 10) continue;
    hearing += heard - begin;
    merging += cpuMicros() - heard;
  }
  return { partial: hearing / rounds / of, moment: merging / rounds, bytes };
};

/** Frames a second that one Mosquitto passes from one publisher to two who share them, QoS 0, this process at both ends. */
const benchBroker = async (): Promise<string> => {
  const path = mosquittoPath();
  if (path === null) return 'Mosquitto: not on this machine, not measured';
  const broker = await startMosquitto({ path });
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const [sender, one, two] = await Promise.all([mqtt.connectAsync(url, { protocolVersion: 5 }), mqtt.connectAsync(url, { protocolVersion: 5 }), mqtt.connectAsync(url, { protocolVersion: 5 })]);
  const counts = [0, 0];
  [one, two].forEach((client, i) => client.on('message', () => {
    counts[i] = (counts[i] ?? 0) + 1;
  }));
  await Promise.all([one, two].map((client) => client.subscribeAsync(`$share/agg/nexus/v1/${GATHERING}/pod/+/+`)));
  const payload = Buffer.from(JSON.stringify(frameOf(1, 1)));
  const topics = Array.from({ length: 1_000 }, (_, pod) => podTopic(GATHERING, sid(pod), 'frame'));
  const total = 60_000;
  const begin = performance.now();
  const own = cpuMicros();
  for (let i = 0; i < total; i += 1) {
    sender.publish(topics[i % topics.length] ?? '', payload);
    if (i % 500 === 0) while (i - (counts[0] ?? 0) - (counts[1] ?? 0) > 2_000) await pause(1);
  }
  while ((counts[0] ?? 0) + (counts[1] ?? 0) < total && performance.now() - begin < 60_000) await pause(5);
  const seconds = (performance.now() - begin) / 1_000;
  const cost = (cpuMicros() - own) / total;
  await Promise.all([sender, one, two].map((client) => client.endAsync(true)));
  await broker.stop();
  const arrived = (counts[0] ?? 0) + (counts[1] ?? 0);
  return `Mosquitto and mqtt.js: ${Math.round(arrived / seconds)} frames a second through one broker to two who share them (${counts.join(' and ')} of ${total}); ${cost.toFixed(1)} us of this process a frame, sending and receiving`;
};

/** CPU of a whole shard: a broker, so many pods once a second each, with and without the shard and its merger in this process. */
const benchShard = async (pods: number): Promise<string> => {
  const path = mosquittoPath();
  if (path === null) return 'a whole shard: Mosquitto is not on this machine, not measured';
  const mosquitto = await startMosquitto({ path });
  const url = `mqtt://127.0.0.1:${mosquitto.port}`;
  const broker = { url, version: 5, username: null, password: null, ca: null, circle: 'one' } as const;
  const sender = await mqtt.connectAsync(url, { protocolVersion: 5 });
  const payloads = Array.from({ length: pods }, (_, pod) => JSON.stringify(frameOf(pod, 0)));
  const topics = payloads.map((_, pod) => podTopic(GATHERING, sid(pod), 'frame'));
  let second = 0;
  /** CPU microseconds of this process for each frame, over so many seconds. */
  const send = async (seconds: number): Promise<number> => {
    const before = cpuMicros();
    for (const end = second + seconds; second < end; second += 1) {
      const begin = performance.now();
      for (let slice = 0; slice < 20; slice += 1) {
        for (let pod = slice; pod < pods; pod += 20) sender.publish(topics[pod] ?? '', (payloads[pod] ?? '').replace('"seq":0,"tMono":0', `"seq":${second + 1},"tMono":${second * 1_000}`));
        await pause(Math.max(0, begin + (slice + 1) * 50 - performance.now()));
      }
    }
    return (cpuMicros() - before) / pods / seconds;
  };
  await send(3);
  const alone = await send(5);
  const shard = runShard({ broker, gathering: GATHERING, shard: 0, of: 1 });
  let last = 0;
  const merger = runMerger({ broker, gathering: GATHERING, of: 1, onMerged: ({ sums }) => {
    last = sums.live[0] ?? 0;
  } });
  await Promise.all([shard.start(), merger.start()]);
  await send(8);
  const both = await send(6);
  const { letGo, refused } = shard.counts();
  await Promise.all([shard.stop(), merger.stop(), sender.endAsync(true)]);
  await mosquitto.stop();
  return `a whole shard of ${pods} pods with its merger: ${(both - alone).toFixed(1)} us CPU a pod and second, mqtt.js and all (${last} in the sums, ${letGo} let go, ${refused} refused)`;
};

/** What a pod costs at each place of a gathering of shards; lines for people. */
export const benchScale = async (): Promise<string[]> => {
  const frame = frameOf(1, 1);
  const intake = benchIntake(20_000);
  const owner = benchOwner(20_000);
  const merger = benchMerger(100);
  return [
    `bytes a frame: ${JSON.stringify(frame).length} as JSON, ${encode(frame).length} as CBOR, ${intake.bytes.toFixed(0)} forwarded in a batch`,
    `intake: ${intake.cost.toFixed(1)} us CPU a frame (decode, check, stamp, pack)`,
    `owner: ${owner.taking.toFixed(1)} us CPU a frame (decode, check, guard), and ${owner.folding.toFixed(2)} us a pod at each of 4 moments a second`,
    `merger: ${merger.partial.toFixed(0)} us CPU a partial (${merger.bytes} bytes), ${merger.moment.toFixed(0)} us a moment over 100 shards`,
    await benchBroker(),
    await benchShard(3_000),
  ];
};
