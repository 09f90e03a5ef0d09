import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BrokerSource } from '../../../core/ipc/room.ts';
import { FIELD, mergeShards } from '../../../core/signal/fold.ts';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { partitionOf } from '../../../nexus/scale/topics.ts';
import { mosquittoPath, startMosquitto, type Mosquitto } from '../../support/mosquitto.ts';
import { buildScaleProcess, foldAgain, livesOf, observe, startProcess, startSleepers, type Observed } from './scale-night.ts';

const path = mosquittoPath();
if (path === null) process.stderr.write('skipped: no mosquitto on this machine, so shards and merger are not tried against it\n');

const GATHERING = 'hall';
const ABOVE = 'world';
const PODS = 48;
const FIRST_MS = 1_500;
const BACK = { settleMs: 3_200, fadeMs: 1_500 };
const folder = mkdtempSync(join(tmpdir(), 'scale-'));

/** The largest step of any measure from one frame to the next. */
const largestStep = (frames: readonly CollectiveFrame[]): number => {
  let largest = 0;
  for (let i = 1; i < frames.length; i += 1) {
    const [a, b] = [frames[i - 1], frames[i]];
    if (a === undefined || b === undefined) continue;
    for (const name of ['depth', 'dream', 'entropy', 'concordance', 'discord', 'unity', 'novelty', 'motion'] as const) largest = Math.max(largest, Math.abs(a[name] - b[name]));
    a.share.forEach((share, k) => {
      largest = Math.max(largest, Math.abs(share - (b.share[k] ?? 0)));
    });
    largest = Math.max(largest, Math.abs((a.synchrony ?? 0) - (b.synchrony ?? 0)), Math.abs((a.heartBpm ?? 0) - (b.heartBpm ?? 0)) / 60);
  }
  return largest;
};

describe.skipIf(path === null)('two shards and a merger, each a process, at a Mosquitto', () => {
  let broker: Mosquitto;
  let program: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    broker = await startMosquitto({ path: path ?? '' });
    program = await buildScaleProcess(folder);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const shardProcess = async (source: BrokerSource, shard: number): Promise<ChildProcess> => {
    const child = await startProcess(program, { kind: 'shard', broker: source, gathering: GATHERING, shard, of: 2, firstMs: FIRST_MS });
    children.push(child);
    return child;
  };

  /** At each moment that both shards made whole: the same sums from what was delivered, folded in this process. */
  const comparedWhole = (seen: Observed, from: number, to: number): number => {
    const folds = seen.partials.map((spoken, shard) => {
      const all = livesOf(spoken).map((life) => foldAgain(seen.delivered[shard] ?? [], life, 2, FIRST_MS));
      return new Map(all.flatMap((fold) => [...fold]));
    });
    let compared = 0;
    for (const { moment, shards, sums } of seen.merged) {
      if (shards < 2 || moment < from || moment >= to) continue;
      const [a, b] = folds.map((fold) => fold.get(moment)?.sums);
      for (const kind of ['live', 'kept', 'published'] as const) {
        expect(a && b && mergeShards(a[kind], b[kind])).toEqual(sums[kind]);
      }
      compared += 1;
    }
    return compared;
  };

  it('merge to the bits of one fold, carry a shard that was killed, and take it back', { timeout: 60_000 }, async () => {
    const source: BrokerSource = { url: `mqtt://127.0.0.1:${broker.port}`, version: 5, username: null, password: null, ca: null, circle: 'one' };
    const seen = await observe(source, GATHERING, ABOVE, 2);
    await shardProcess(source, 0);
    const second = await shardProcess(source, 1);
    children.push(await startProcess(program, { kind: 'merger', broker: source, gathering: GATHERING, of: 2, above: { gathering: ABOVE, shard: 0, of: 1 }, back: BACK }));
    const sleepers = startSleepers(seen.link, GATHERING, PODS, 5);
    await vi.waitFor(() => expect(seen.collective.at(-1)?.frame.n).toBe(PODS), { timeout: 12_000, interval: 50 });
    await pause(1_500);

    // Someone leaves: out of the collective within a second, end to end.
    const left = Date.now();
    sleepers.leave(sleepers.sids.find((sid) => partitionOf(sid, 2) === 0) ?? '');
    await pause(1_500);
    const without = seen.collective.find(({ came, frame }) => came >= left && frame.n === PODS - 1);
    const obeyed = (without?.came ?? Infinity) - left;

    const killed = Date.now();
    second.kill('SIGKILL');
    await pause(3_500);
    const alone = seen.merged.filter(({ moment }) => moment > killed + 1_000);
    const forwarded = seen.delivered[1]?.length ?? 0;
    const returned = Date.now();
    await shardProcess(source, 1);
    await pause(BACK.settleMs + BACK.fadeMs + 4_000);
    sleepers.stop();
    await pause(1_200);
    await seen.link.stop();

    const whole = comparedWhole(seen, 0, killed - 500);
    const again = comparedWhole(seen, returned, Infinity);
    const frames = seen.collective.filter(({ moment }) => moment > killed - 2_000).map(({ frame }) => frame);
    process.stderr.write(`scale: ${whole} moments whole before, ${again} after the return; a withdrawal took ${obeyed} ms; largest step ${largestStep(frames).toFixed(3)}\n`);

    expect(whole).toBeGreaterThan(8);
    expect(again).toBeGreaterThan(6);
    expect(seen.merged.findLast(({ shards }) => shards === 2)?.sums.live[FIELD.pods]).toBe(PODS - 1);
    expect(obeyed).toBeLessThan(1_000);
    // Its half is carried; what its pods send goes on through the intake of the other.
    expect(alone.length).toBeGreaterThan(5);
    expect(alone.every(({ shards, sums }) => shards <= 1 && sums.live[FIELD.pods] === PODS - 1)).toBe(true);
    expect((seen.delivered[1]?.length ?? 0) - forwarded).toBeGreaterThan(8);
    expect(frames.every(({ gated }) => !gated)).toBe(true);
    expect(frames.length).toBeGreaterThan(30);
    expect(largestStep(frames)).toBeLessThan(0.12);
  });
});
