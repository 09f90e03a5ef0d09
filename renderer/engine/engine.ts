import type { Input, RecordedInput, StampedInput } from '../../core/engine/input.ts';
import { initialState, type EngineState } from '../../core/engine/state.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { EngineView, NightMinute } from '../../core/ipc/engine-view.ts';
import type { Score } from '../../core/score/schema.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { isMuted, macroValue } from '../../core/compose/parameters.ts';
import { patchScore } from '../../core/score/edit.ts';
import type { Inbox } from './inbox.ts';
import type { Present } from './midi/hands.ts';
import type { Midi } from './midi/midi.ts';
import { createNight, nightOf, type Night } from './night.ts';
import { createRunner, LOOKAHEAD, type Runner } from './runner.ts';
import type { Signals } from './signals.ts';
import type { EngineSnapshot } from './snapshot.ts';
import type { Sound } from './sound/sound.ts';
import { engineView, withUnheard } from './view.ts';

/** What main says is to be played. */
export interface Load {
  readonly score: Score;
  readonly seed: number;
  readonly resume: { readonly snapshot: EngineSnapshot | null; readonly inputs: readonly StampedInput[]; readonly elapsed: number } | null;
  readonly clockTo: string | null;
}

export interface EngineParts {
  readonly sound: Sound;
  readonly midi: Midi;
  readonly signals: Signals;
  readonly inbox: Inbox;
  readonly wall: () => number;
  readonly onEvents: (events: readonly ScoreEvent[]) => void;
  readonly onMinutes: (minutes: readonly NightMinute[]) => void;
}

/** The live engine with its sinks: what plays, from load to load. */
export interface Engine {
  /** Gets ready to play, or goes on playing where a take is resumed. */
  readonly load: (load: Load) => void;
  /** Falls silent and lets the take go. */
  readonly unload: () => void;
  readonly isIdle: () => boolean;
  /** Begins the gathering's clock. */
  readonly play: (load: Load) => void;
  /**
   * Takes an input that was checked on arrival. What cannot be (an edit that does not fit) is counted, never fatal.
   * @param kept what the take has in this frame's place: the music answers to the frame, the take keeps those who agreed to it
   */
  readonly accept: (input: Input, sender: string, kept?: CollectiveFrame) => void;
  readonly audition: (layer: string) => void;
  /** Decides and sends out what is due; to be called many times a second. */
  readonly pump: () => void;
  readonly view: () => EngineView;
  readonly night: () => readonly NightMinute[];
  /** What the music stands at, hands included; null before the first load. */
  readonly state: () => EngineState | null;
  /** Journal entries that main has not had yet. */
  readonly takeNew: () => readonly RecordedInput[];
  /** All that an engine needs to go on from here; null while nothing is playing. */
  readonly snapshot: () => EngineSnapshot | null;
}

export const createEngine = ({ sound, midi, signals, inbox, wall, onEvents, onMinutes }: EngineParts): Engine => {
  let runner: Runner | null = null;
  let idle: EngineState | null = null;
  let heardScore: Score | null = null;
  let night: Night = createNight();
  /** Hands before the first note: journalled at its beginning. */
  let early: Input[] = [];

  const state = (): EngineState | null => (runner === null ? idle : withUnheard(runner.state(), runner.unheard()));

  const useScore = (score: Score): void => {
    if (heardScore !== null && heardScore !== score) sound.edit(score);
    heardScore = score;
    midi.setScore(score);
  };

  const begin = ({ seed, score: written, resume }: Load): void => {
    const began = wall();
    const snapshot = resume?.snapshot ?? null;
    // The audio clock may have run before the wall's; what is decided stays so.
    const stood = Math.max(resume?.elapsed ?? 0, snapshot?.runner.decidedUntil ?? 0);
    runner = createRunner({ score: written, seed, resume: resume === null ? null : { snapshot: snapshot?.runner ?? null, inputs: resume.inputs, elapsed: stood } });
    const { score } = runner.state();
    // Living through a long take again takes seconds, and the night does not wait.
    const elapsed = resume === null ? 0 : stood + Math.round((wall() - began) * 1_000);
    idle = null;
    heardScore = score;
    midi.setScore(score);
    sound.begin(score, seed, elapsed, runner.standing);
    midi.begin(elapsed);
    midi.play(runner.standing);
    const { minutes, heard } = snapshot?.night ?? { minutes: [], heard: 0 };
    night = nightOf(minutes, resume?.inputs.filter(({ seq }) => seq >= heard) ?? [], (t) => runner?.shown.sceneAt(t)?.id ?? score.opening);
  };

  const acceptNow = (input: Input, sender: string, kept?: CollectiveFrame): void => {
    // A panic acts in the sinks at once, and is journalled for the take.
    if (input.kind === 'panic') {
      sound.panic();
      midi.panic();
      // With nothing playing there will be no cue to play on.
      if (runner === null) sound.unmute();
    }
    if (runner === null) {
      if (input.kind === 'edit' && idle !== null) {
        idle = { ...idle, score: patchScore(idle.score, input.patches) };
        useScore(idle.score);
      } else if (input.kind !== 'frame' && input.kind !== 'panic' && input.kind !== 'fade' && idle !== null) {
        early.push(input);
        idle = withUnheard(idle, [{ seq: 0, effective: 0, input }]);
      }
      return;
    }
    const stamped = runner.accept(input, sound.now(), kept);
    if (stamped.input.kind === 'frame') {
      // As journalled, so that an engine that takes over has the same night.
      const minute = night.hear(stamped.input.frame, runner.shown.sceneAt(stamped.effective)?.id ?? '');
      if (minute !== null) onMinutes([minute]);
    }
    if (sender !== 'MIDI') midi.released(input);
  };

  return {
    load: (load) => {
      runner = null;
      early = [];
      night = createNight();
      midi.clockTo(load.clockTo);
      if (load.resume !== null) return begin(load);
      idle = initialState(load.score, load.seed);
      heardScore = load.score;
      midi.setScore(load.score);
      // The layers stand ready, so that play is heard at once and a layer can be auditioned.
      return sound.begin(load.score, load.seed, 0, []);
    },
    unload: () => {
      runner = null;
      sound.end();
      midi.end();
    },
    isIdle: () => runner === null,
    play: (load) => {
      const waiting = early;
      early = [];
      begin(load);
      for (const input of waiting) acceptNow(input, 'early hands');
    },
    accept: (input, sender, kept) => {
      try {
        acceptNow(input, sender, kept);
      } catch (error) {
        inbox.refused(sender, error instanceof Error ? error.message : String(error));
      }
    },
    audition: (layer) => {
      const found = state()?.score.layers.find(({ id }) => id === layer);
      if (found !== undefined) sound.audition(layer, Math.round((found.range[0] + found.range[1]) / 2));
    },
    pump: () => {
      if (runner === null) return;
      const now = Math.max(0, sound.now());
      const pumped = runner.pump(now);
      if (pumped.stale > 0) sound.missed(pumped.stale);
      sound.play(pumped.performed);
      midi.play(pumped.performed);
      midi.clock(runner.state().tempo, now + LOOKAHEAD);
      if (pumped.performed.some((event) => event.kind === 'cue' && event.cue === 'resume')) sound.unmute();
      if (runner.state().score !== heardScore) useScore(runner.state().score);
      if (pumped.events.length > 0) onEvents(pumped.events);
    },
    view: () => {
      const shown = state();
      if (shown === null) throw new Error('the engine has no score yet');
      return engineView(shown, {
        transport: runner === null ? 'idle' : shown.transport,
        now: runner === null ? 0 : sound.now(),
        shown: runner?.shown ?? null,
        frame: signals.frame(),
        sound: sound.health(),
        midi: midi.health(),
        signals: signals.health(wall()),
        learning: midi.learning(),
        meterDb: sound.meterDb,
        route: midi.route,
      });
    },
    night: () => night.minutes(),
    state,
    takeNew: () => runner?.takeNew() ?? [],
    snapshot: () => {
      if (runner === null) return null;
      const taken = runner.snapshot();
      return { runner: taken, night: { minutes: night.minutes(), heard: taken.seq + runner.unheard().length } };
    },
  };
};

/** What hands on a controller find: the hands' own values, as the engine has them now. */
export const presentOf = (state: () => EngineState | null): Present => ({
  value: (target) => {
    const now = state();
    if (now === null) return 0;
    if (target.kind === 'macro') {
      const macro = now.score.macros.find(({ id }) => id === target.macro);
      return macro === undefined ? 0 : macroValue(now, macro);
    }
    if (target.kind !== 'parameter') return 0;
    const layer = now.score.layers.find(({ id }) => id === target.layer);
    return now.hands.parameters[target.layer]?.[target.parameter] ?? layer?.parameters[target.parameter] ?? 0;
  },
  muted: (id) => {
    const now = state();
    const layer = now?.score.layers.find((each) => each.id === id);
    return now !== null && layer !== undefined && isMuted(now, layer);
  },
});
