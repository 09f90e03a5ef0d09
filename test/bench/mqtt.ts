import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import type { Adapter } from '../../nexus/adapters/adapter.ts';
import { createBrokerAdapter } from '../../nexus/adapters/broker/broker.ts';
import { createMqttAdapter } from '../../nexus/adapters/mqtt.ts';
import { createTokens } from '../../nexus/adapters/tokens.ts';
import { everyPodTopic } from '../../nexus/adapters/topics.ts';
import { createGuard, type Guard } from '../../nexus/guard/guard.ts';
import { mosquittoPath, startMosquitto } from '../support/mosquitto.ts';
import { realClock } from '../support/real-clock.ts';

const FLOOD_SECONDS = 4;
const STEADY_SECONDS = 10;
/** The guard's own limit is two frames a second of each pod, ten at once: so many pods that it is not reached. */
const PODS = 20_000;

const started: ChildProcess[] = [];
const run = async (script: string, words: readonly (string | number)[] = []): Promise<{ readonly child: ChildProcess; readonly said: string }> => {
  const child = spawn(process.execPath, [join('test', 'bench', script), ...words.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  const { stdout } = child;
  if (stdout === null) throw new Error(`${script} has no output`);
  const [said] = await once(stdout, 'data');
  return { child, said: String(said).trim() };
};
const end = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

interface Measured {
  readonly frames: number;
  readonly seconds: number;
  /** CPU seconds of this process, its garbage collection included. */
  readonly cpu: number;
  /** Longest hold-up of the event loop, milliseconds. */
  readonly held: number;
}

/** Counts while time passes; the first half second is to warm up. */
const measure = async (count: () => number, seconds: number): Promise<Measured> => {
  await pause(500);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [frames, start, cpu] = [count(), performance.now(), process.cpuUsage()];
  await pause(seconds * 1_000);
  const { user, system } = process.cpuUsage(cpu);
  const measured = { frames: count() - frames, seconds: (performance.now() - start) / 1_000, cpu: (user + system) / 1e6, held: delay.max / 1e6 };
  delay.disable();
  return measured;
};

const rates = ({ frames, seconds, cpu, held }: Measured): string =>
  `${Math.round(frames / seconds)} frames a second (${Math.round(frames / cpu)} for each second of CPU); event loop held up for ${held.toFixed(0)} ms at most`;

/** The whole way in: guard, fold, and a collective frame four times a second. `count` is of frames that were taken. */
const wayIn = (): { readonly guard: Guard; readonly count: () => number; readonly close: () => void } => {
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const guard = createGuard({ circles: ['one'], whose: 'mine', now, unixNow: () => 1.7e12 + now() });
  let taken = 0;
  const beat = setInterval(() => guard.frameAt(now()), 250);
  const counting: Guard = {
    ...guard,
    frame: (payload, from, sid) => {
      const verdict = guard.frame(payload, from, sid);
      if (verdict === 'taken') taken += 1;
      return verdict;
    },
  };
  return { guard: counting, count: () => taken, close: () => clearInterval(beat) };
};

/** The client library alone, subscribed and counting. */
const bare = async (port: number, version: 4 | 5): Promise<Measured> => {
  let count = 0;
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: version, reconnectPeriod: 0 });
  client.on('message', () => (count += 1));
  await client.subscribeAsync(everyPodTopic('night'));
  const measured = await measure(() => count, FLOOD_SECONDS);
  await client.endAsync(true);
  return measured;
};

const ours = async (port: number, version: 4 | 5, seconds: number): Promise<{ readonly measured: Measured; readonly words: string }> => {
  const { guard, count, close } = wayIn();
  const source = { url: `mqtt://127.0.0.1:${port}`, version, username: null, password: null, ca: null, circle: 'one' };
  const adapter: Adapter = createMqttAdapter({ source, gathering: 'night', intake: guard, clock: realClock });
  await adapter.start();
  const measured = await measure(count, seconds);
  const { words } = adapter.health();
  await adapter.stop();
  close();
  return { measured, words };
};

const against = async (name: string, port: number, version: 4 | 5): Promise<string[]> => {
  const { child } = await run('mqtt-publisher.mjs', [port, 1, PODS, 0, 0, 0]);
  child.stdin?.write('go');
  const peer = await bare(port, version);
  const { measured, words } = await ours(port, version, FLOOD_SECONDS);
  await end(child);
  const ratio = measured.frames / measured.seconds / (peer.frames / peer.seconds);
  const perCpu = measured.frames / measured.cpu / (peer.frames / peer.cpu);
  return [
    `${name}, the bare mqtt client, counting: ${rates(peer)}`,
    `${name}, adapter + decoding + guard + fold: ${rates(measured)}`,
    `${name}, ratio: ${ratio.toFixed(2)} of the rate, ${perCpu.toFixed(2)} for the same CPU (aim: .5). ${words}`,
  ];
};

const share = (what: string, { frames, seconds, cpu, held }: Measured): string =>
  `${what}: ${Math.round(frames / seconds)} frames a second take ${((100 * cpu) / seconds).toFixed(0)} % of one core over ${seconds.toFixed(0)} s; event loop held up for ${held.toFixed(0)} ms at most`;

const steady = async (port: number): Promise<string> => {
  const { child } = await run('mqtt-publisher.mjs', [port, 4, 2_500, 10_000, 0, 0]);
  child.stdin?.write('go');
  const { measured } = await ours(port, 5, STEADY_SECONDS);
  await end(child);
  return share('10 000 pods, once a second each, by way of a broker', measured);
};

/** 1 000 pods, each a connection of its own to the broker inside: ten frames at once, then one a second. */
const embedded = async (): Promise<string[]> => {
  const { guard, count, close } = wayIn();
  const tokens = createTokens(['one']);
  const broker = createBrokerAdapter({ port: 0, open: false, gathering: 'night', tokens, intake: guard, clock: realClock });
  await broker.start();
  const { child: burst } = await run('mqtt-publisher.mjs', [broker.port ?? 0, 1_000, 1, 0, 10, 0, tokens.of('one')]);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  burst.stdin?.write('go');
  while (count() < 10_000 && performance.now() - start < 10_000) await pause(5);
  const seconds = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  await end(burst);
  const line = `the broker inside, 1 000 connections, ten frames at once: ${Math.round(count() / seconds)} frames a second (${Math.round((1e6 * count()) / (used.user + used.system))} for each second of CPU)`;
  const { child } = await run('mqtt-publisher.mjs', [broker.port ?? 0, 1_000, 1, 1_000, 0, 1_000, tokens.of('one')]);
  child.stdin?.write('go');
  const measured = await measure(count, STEADY_SECONDS);
  await end(child);
  await broker.stop();
  close();
  return [line, share('1 000 pods, once a second each, at the broker inside', measured)];
};

/** Frames a second by MQTT beside the client library alone, in the same run; lines for people. */
export const benchMqtt = async (): Promise<string[]> => {
  const lines: string[] = [];
  try {
    const { said } = await run('mqtt-aedes.mjs');
    lines.push(...(await against('aedes', Number(said), 4)));
    const path = mosquittoPath();
    if (path === null) lines.push('skipped: no mosquitto on this machine', await steady(Number(said)));
    else {
      const mosquitto = await startMosquitto({ path });
      lines.push(...(await against('Mosquitto', mosquitto.port, 5)), await steady(mosquitto.port));
      await mosquitto.stop();
    }
    lines.push(...(await embedded()));
  } finally {
    await Promise.all(started.map(end));
  }
  return lines;
};
