import { createAggregator } from '../../nexus/aggregator.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { createGuard } from '../../nexus/guard/guard.ts';
import { originOf, sidOf } from '../support/guarded-room.ts';
import { podFrame } from '../support/pods.ts';

const PODS = 10_000;
const FRAMES = 1_000_000;
const SECONDS = 60;

/** Microseconds of one core that a piece of work takes, whatever else the machine does. */
const cpuOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

const texts = (): string[] => Array.from({ length: PODS }, (_, i) => JSON.stringify(podFrame({ sid: sidOf(i), pStage: [0.05, 0.1, 0.6, 0.2, 0.05], respPhase: (i % 60) / 10, respHz: 0.2 + (i % 17) / 100 })));
const parse = (text: string): PodFrame => JSON.parse(text) as PodFrame;

const foldAlone = (frames: readonly PodFrame[]): number => {
  const aggregator = createAggregator({ minimumPods: 1 });
  return cpuOf(() => {
    for (let i = 0; i < FRAMES; i += 1) {
      const frame = frames[i % PODS];
      const second = Math.floor(i / PODS);
      if (frame !== undefined) aggregator.accept({ ...frame, seq: second, tMono: second * 1_000 }, second * 1_000);
    }
  });
};

interface Night {
  /** CPU microseconds over SECONDS seconds. */
  readonly frames: number;
  readonly folds: number;
  readonly views: number;
  readonly live: number;
}

/** A minute of a room of 10 000, after it has settled. */
const liveNight = (frames: PodFrame[]): Night => {
  let now = 0;
  const guard = createGuard({ circles: ['one', 'two'], whose: 'others', now: () => now, unixNow: () => 1e12 + now });
  const origins = frames.map((_, i) => originOf(i, i % 2 === 0 ? 'one' : 'two'));
  const cost = { frames: 0, folds: 0, views: 0 };
  for (let second = -10; second < SECONDS; second += 1) {
    const measured = second < 0 ? { frames: 0, folds: 0, views: 0 } : cost;
    measured.frames += cpuOf(() => {
      frames.forEach((frame, i) => {
        frame.seq = second + 10;
        frame.tMono = now;
        const from = origins[i];
        if (from !== undefined) guard.frame(frame, from);
      });
    });
    measured.folds += cpuOf(() => {
      for (let quarter = 0; quarter < 4; quarter += 1) {
        now += 250;
        guard.frameAt(now);
      }
    });
    measured.views += cpuOf(() => guard.view(now));
  }
  return { ...cost, live: guard.health(now).pods };
};

/** How much the guard and the fold cost, beside a plain JSON.parse of the same frames; lines for people. */
export const benchFold = (): string[] => {
  const written = texts();
  const parsed = written.map(parse);
  let pods = 0;
  const readAll = cpuOf(() => {
    for (let i = 0; i < FRAMES / 5; i += 1) pods += parse(written[i % PODS] ?? '{}').v;
  });
  const reading = (readAll * 5) / FRAMES;
  const folding = foldAlone(parsed) / FRAMES;
  const { frames, folds, views, live } = liveNight(parsed);
  const percent = (microseconds: number): string => `${((100 * microseconds) / (SECONDS * 1e6)).toFixed(1)} %`;
  const each = frames / (SECONDS * PODS);
  return [
    `peer, JSON.parse of the same pod frames: ${reading.toFixed(2)} us each (${pods} read)`,
    `the fold alone, ${FRAMES} pod frames of ${PODS} pods: ${folding.toFixed(2)} us each, ${Math.round(1e6 / folding)} a second of one core`,
    `the guard with schema and fold, ${live} live pods: ${each.toFixed(2)} us a frame, ${Math.round(1e6 / each)} a second of one core (${Math.round(1e6 / (each + reading))} with JSON.parse)`,
    `${live} live pods at 1 Hz, share of one core: taking frames ${percent(frames)}, collective frames at 4 Hz ${percent(folds)} (${(folds / SECONDS / 4_000).toFixed(2)} ms each), the host's view ${percent(views)}; together ${percent(frames + folds + views)}`,
  ];
};
