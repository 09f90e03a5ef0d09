import '../no-eval.ts';
import { WebMidi } from 'webmidi';
import { portArrivalSchema, SNAPSHOT_LIMIT, type EngineBridge } from '../../core/ipc/contract.ts';
import type { ToEngine } from '../../core/ipc/engine-view.ts';
import type { NexusToEngine } from '../../core/ipc/nexus-messages.ts';
import { createEngine, presentOf, type Engine, type Load } from './engine.ts';
import { createInbox } from './inbox.ts';
import { createMidi } from './midi/midi.ts';
import { createNexusLine } from './nexus-line.ts';
import { createRecorder } from './recorder.ts';
import { createSignals } from './signals.ts';
import { createSound } from './sound/sound.ts';
import { openSoundOutput } from './sound/sound-output.ts';
import { readSnapshot } from './snapshot.ts';
import { createStudioLine } from './studio-line.ts';
import { startHeartbeat } from './timer/heartbeat.ts';

/** Milliseconds between views, journal records, snapshots, and looks for MIDI ports. */
const VIEW_EVERY = 50;
const RECORD_EVERY = 500;
const SNAPSHOT_EVERY = 60_000;
const POLL_EVERY = 2_000;

type Answered = Awaited<ReturnType<EngineBridge['request']['engine.load']>>;
const readLoad = (load: Answered): Load => ({
  ...load,
  resume: load.resume === null ? null : { ...load.resume, snapshot: load.resume.snapshot === null ? null : readSnapshot(load.resume.snapshot) },
});

/** The engine window's composition root: builds every part once and joins them. */
const main = async (): Promise<void> => {
  // What this page's preload exposes; main checks every answer against the same contract.
  const bridge = Reflect.get(window, 'dreamscore') as unknown as EngineBridge;
  const wall = (): number => performance.now();
  const inbox = createInbox((text) => console.error(text));
  const signals = createSignals();
  // Ports can arrive while the sound is still being opened.
  const arrivals: { readonly name: 'studio-engine' | 'nexus'; readonly port: MessagePort }[] = [];
  let connect = (name: 'studio-engine' | 'nexus', port: MessagePort): void => void arrivals.push({ name, port });
  window.addEventListener('message', (event) => {
    const arrival = portArrivalSchema.safeParse(event.data);
    const port = event.ports[0];
    if (event.origin === window.location.origin && arrival.success && port !== undefined) connect(arrival.data.dreamscorePort, port);
  });

  const loaded = await bridge.request['engine.load'](undefined);
  const sound = createSound(await openSoundOutput(loaded.score.ceilingDb));
  const midi = createMidi({
    webMidi: WebMidi,
    requestAccess: (options) => navigator.requestMIDIAccess(options),
    heardAt: sound.heardAt,
    wall,
    present: presentOf(() => engine.state()),
    onInput: (input) => engine.accept(input, 'MIDI'),
    onLearned: (binding) => studio.tell({ kind: 'learned', binding }),
  });
  const engine: Engine = createEngine({
    sound, midi, signals, inbox, wall,
    onEvents: (events) => studio.tellEvents(events),
    onMinutes: (minutes) => studio.tell({ kind: 'night', minutes }),
  });

  const recorder = createRecorder(
    (inputs) => bridge.request['engine.record']({ inputs }),
    (reason) => inbox.refused('main', `the journal was not taken: ${reason}`),
  );

  let starting = false;
  const play = async (): Promise<void> => {
    if (!engine.isIdle()) return engine.accept({ kind: 'resume' }, 'the studio');
    if (starting) return;
    starting = true;
    try {
      // Edits made while idle belong to the score that the take begins with.
      const answered = await bridge.request['engine.load'](undefined);
      await bridge.request['engine.transport']('started');
      recorder.reset();
      engine.play(readLoad(answered));
    } finally {
      starting = false;
    }
  };

  const onStudio = (message: ToEngine): void => {
    switch (message.kind) {
      case 'play':
        return void play().catch((error: unknown) => inbox.refused('main', JSON.stringify(error)));
      case 'input':
        return engine.accept(message.input, 'the studio');
      case 'learn':
        return midi.learn(message.target);
      case 'clock':
        midi.clockTo(message.port);
        return void bridge.request['engine.clock'](message.port).catch((error: unknown) => inbox.refused('main', String(error)));
      case 'audition':
        return engine.audition(message.layer);
    }
  };
  const studio = createStudioLine(inbox, onStudio, () => studio.tell({ kind: 'night', minutes: engine.night() }));
  const nexus = createNexusLine(inbox, (message: NexusToEngine) => {
    if (message.kind === 'health') return signals.told(message);
    signals.heard(message.frame, wall());
    return engine.accept({ kind: 'frame', frame: message.frame }, 'the Nexus', message.kept);
  });

  const load = async (answered: Answered): Promise<void> => {
    try {
      engine.load(readLoad(answered));
    } catch (error) {
      if ((answered.resume?.snapshot ?? null) === null) throw error;
      inbox.refused('main', `the snapshot was of no use: ${String(error)}`);
      // It is given once: now comes the whole journal.
      engine.load(readLoad(await bridge.request['engine.load'](undefined)));
    }
  };
  const reload = async (): Promise<void> => {
    engine.unload();
    recorder.reset();
    await load(await bridge.request['engine.load'](undefined));
  };
  bridge.on('score.edited', ({ patches }) => engine.accept({ kind: 'edit', patches }, 'main'));
  bridge.on('gathering.reset', () => void reload().catch((error: unknown) => inbox.refused('main', JSON.stringify(error))));

  await load(loaded);
  connect = (name, port) => (name === 'nexus' ? nexus : studio).use(port);
  for (const { name, port } of arrivals) connect(name, port);
  void midi.open();

  const due = { view: 0, record: 0, snapshot: 0, poll: 0 };
  /** To be called once the journal before it is on its way. */
  const keepSnapshot = (now: number): void => {
    const taken = !engine.isIdle() && every('snapshot', SNAPSHOT_EVERY, now) ? engine.snapshot() : null;
    if (taken === null) return;
    const data = JSON.stringify(taken);
    // Main answers false where a part of the journal waits for an earlier one; it is offered anew with the next.
    const retry = (kept: boolean): void => {
      if (!kept) due.snapshot = 0;
    };
    if (data.length > SNAPSHOT_LIMIT) return inbox.refused('the snapshot', 'it has grown to its limit; after a crash the whole journal is lived through');
    void bridge.request['engine.snapshot']({ seq: taken.runner.seq, data }).then(retry, (error: unknown) => inbox.refused('main', String(error)));
  };
  const every = (what: keyof typeof due, milliseconds: number, now: number): boolean => {
    if (now < due[what]) return false;
    due[what] = now + milliseconds;
    return true;
  };
  startHeartbeat(() => {
    engine.pump();
    const now = wall();
    if (every('view', VIEW_EVERY, now)) studio.tell({ kind: 'view', view: engine.view() });
    if (every('record', RECORD_EVERY, now)) {
      recorder.add(engine.takeNew());
      void recorder.flush();
      keepSnapshot(now);
    }
    if (every('poll', POLL_EVERY, now)) midi.poll();
  });
};

main().catch((error: unknown) => console.error('The engine could not start:', error));
