import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RoomView } from '../../core/ipc/room.ts';
import type { Intake } from '../adapters/adapter.ts';
import type { Verdict } from '../guard/verdict.ts';

/** What a room counts of itself, for Prometheus. Nothing in it tells one sleeper from another: no sid, no address, no circle. */
export interface Metrics {
  /** The same intake, with what becomes of each message counted. All adapters are to speak to this one. */
  counting(intake: Intake): Intake;
  /** How long one fold took, seconds. */
  folded(seconds: number): void;
  /** The room as the host sees it, once a second. */
  observe(view: RoomView, gated: boolean): void;
  /** All of it in Prometheus's text format, version 0.0.4. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Lets go of what measures the process. */
  stop(): void;
}

const LAG_MS = 20;
const STATES = ['off', 'starting', 'live', 'waiting', 'failed'] as const;
const FOLD_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25];

/** `mqtt` of `mqtt://192.168.1.4:1883`: an address says where a source stands, its kind does not. */
const kindOf = (adapter: string): string => /^[a-z]+/i.exec(adapter)?.[0].toLowerCase() ?? 'other';

/** Processor, memory, and how late the event loop runs; by the names that dashboards know. */
const measureProcess = (registry: Registry): (() => void) => {
  const lag = monitorEventLoopDelay({ resolution: LAG_MS });
  lag.enable();
  const late = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - LAG_MS / 1_000) : 0);
  registry.registerMetric(new Counter({ name: 'process_cpu_seconds_total', help: 'Processor time of the Nexus.', registers: [], collect() {
    const { user, system } = process.cpuUsage();
    this.reset();
    this.inc((user + system) / 1e6);
  } }));
  registry.registerMetric(new Gauge({ name: 'process_resident_memory_bytes', help: 'Memory of the Nexus.', registers: [], collect() {
    this.set(process.memoryUsage.rss());
  } }));
  registry.registerMetric(new Gauge({ name: 'nodejs_heap_size_used_bytes', help: 'Heap in use.', registers: [], collect() {
    this.set(process.memoryUsage().heapUsed);
  } }));
  registry.registerMetric(new Gauge({ name: 'nodejs_eventloop_lag_mean_seconds', help: 'Mean lateness of the event loop since the last look.', registers: [], collect() {
    this.set(late(lag.mean));
  } }));
  registry.registerMetric(new Gauge({ name: 'nodejs_eventloop_lag_p99_seconds', help: 'Lateness that one turn of the event loop in a hundred exceeded since the last look.', registers: [], collect() {
    this.set(late(lag.percentile(99)));
    lag.reset();
  } }));
  return () => lag.disable();
};

/** Counters of the messages' fates, by what they were. */
const countMessages = (registers: Registry[]): ((intake: Intake) => Intake) => {
  const frames = new Counter({ name: 'dreamscore_frames_total', help: 'Pod frames by what became of them.', labelNames: ['verdict'], registers });
  const refused = new Counter({ name: 'dreamscore_refused_total', help: 'Messages of every kind that were refused, by reason.', labelNames: ['reason'], registers });
  const others = new Counter({ name: 'dreamscore_messages_total', help: 'Consents, good-byes and chants by what became of them.', labelNames: ['kind', 'verdict'], registers });
  const fate = (verdict: Verdict): string => (verdict === 'taken' || verdict === 'waiting' ? verdict : 'refused');
  const told = (verdict: Verdict): Verdict => {
    if (fate(verdict) === 'refused') refused.inc({ reason: verdict });
    return verdict;
  };
  const other = (kind: 'consent' | 'bye' | 'chant', verdict: Verdict): Verdict => {
    others.inc({ kind, verdict: fate(verdict) });
    return told(verdict);
  };
  return (intake) => ({
    frame: (payload, from, sid) => {
      const verdict = intake.frame(payload, from, sid);
      frames.inc({ verdict: fate(verdict) });
      return told(verdict);
    },
    consent: (sid, payload, from) => other('consent', intake.consent(sid, payload, from)),
    bye: (sid, from) => other('bye', intake.bye(sid, from)),
    chant: (strength, from) => other('chant', intake.chant(strength, from)),
    closed: (from) => intake.closed(from),
    refused: (reason, from) => {
      refused.inc({ reason });
      intake.refused(reason, from);
    },
  });
};

/** Metrics in a registry of their own, for as long as a room runs. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const counting = countMessages(registers);
  const reconnects = new Counter({ name: 'dreamscore_reconnects_total', help: 'Times a source came back after it had been away.', labelNames: ['adapter'], registers });
  const fold = new Histogram({ name: 'dreamscore_fold_seconds', help: 'Time one fold of all pods took.', buckets: FOLD_SECONDS, registers });
  const pods = new Gauge({ name: 'dreamscore_pods', help: 'Pods by how they stand.', labelNames: ['state'], registers });
  const silent = new Gauge({ name: 'dreamscore_gated', help: '1 while too few pods are here to be heard.', registers });
  const chant = new Gauge({ name: 'dreamscore_chant_strength', help: 'Strength of the chant, 0 to 1.', registers });
  const chanting = new Gauge({ name: 'dreamscore_chanting', help: 'Those who chant now.', registers });
  const adapters = new Gauge({ name: 'dreamscore_adapters', help: 'Sources by kind and state.', labelNames: ['adapter', 'state'], registers });
  const stopMeasuring = measureProcess(registry);
  const away = new Set<string>();

  const observeAdapters = (list: RoomView['adapters']): void => {
    adapters.reset();
    for (const { name, state } of list) {
      const kind = kindOf(name);
      for (const each of STATES) adapters.inc({ adapter: kind, state: each }, each === state ? 1 : 0);
      if (state === 'waiting') away.add(name);
      else if (state === 'live' && away.delete(name)) reconnects.inc({ adapter: kind });
    }
  };

  return {
    counting,
    folded: (seconds) => fold.observe(seconds),
    observe: (view, gated) => {
      observeAdapters(view.adapters);
      for (const state of ['live', 'waiting', 'limited'] as const) pods.set({ state }, view.counts[state]);
      silent.set(gated ? 1 : 0);
      chant.set(view.chant);
      chanting.set(view.chanting);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
    stop: stopMeasuring,
  };
};
