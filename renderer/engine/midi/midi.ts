import type { WebMidi } from 'webmidi';
import type { Input } from '../../../core/engine/input.ts';
import type { Performed } from '../../../core/events/performed.ts';
import type { LayerView, MidiHealth } from '../../../core/ipc/engine-view.ts';
import { clockTimes } from '../../../core/midi/clock.ts';
import { ALL_NOTES_OFF, ALL_SOUND_OFF, CLOCK, CONTINUE, controlChange, noteOff, START, STOP, type MidiBytes } from '../../../core/midi/messages.ts';
import { createMidiOut } from '../../../core/midi/out.ts';
import type { Binding, BindingTarget, Route, Score } from '../../../core/score/schema.ts';
import type { TempoMap } from '../../../core/time/tempo-map.ts';
import { micros, type MidiNote } from '../../../core/units.ts';
import { bindingsOf, gestureOf, inputOf, learnedBinding, type Present } from './hands.ts';
import { createPickup } from './pickup.ts';
import { createPorts, type PortName } from './ports.ts';

export interface MidiOptions {
  readonly webMidi: typeof WebMidi;
  readonly requestAccess: (options: MIDIOptions) => Promise<MIDIAccess>;
  /** `performance.now()` at which a moment of the gathering is heard. */
  readonly heardAt: (t: number) => number;
  /** `performance.now()`. */
  readonly wall: () => number;
  readonly present: Present;
  readonly onInput: (input: Input) => void;
  readonly onLearned: (binding: Binding) => void;
}

export interface Midi {
  readonly open: () => Promise<void>;
  readonly setScore: (score: Score) => void;
  readonly play: (performed: readonly Performed[]) => void;
  /** Sends the clocks between the last call and `until` to the chosen output. */
  readonly clock: (tempo: TempoMap, until: number) => void;
  /** FA, and the clock begins at this moment of the gathering (FB where a take is resumed). */
  readonly begin: (from: number) => void;
  readonly end: () => void;
  readonly clockTo: (port: string | null) => void;
  /** Silence at once: note-offs, all notes off and all sound off on every channel in use. */
  readonly panic: () => void;
  readonly learn: (target: BindingTarget | null) => void;
  readonly learning: () => BindingTarget | null;
  /** A value was set by other hands: knobs bound to it have to catch it again. */
  readonly released: (input: Input) => void;
  readonly poll: () => void;
  readonly health: () => MidiHealth;
  readonly route: (layer: string) => LayerView['route'];
  readonly dispose: () => Promise<void>;
}

/** A panic ends once more what is still on its way, where an output cannot be cleared: this long after it, and after the last thing scheduled. */
const AGAIN_MS = 150;
const AFTER_LAST_MS = 5;

interface OpenNote {
  readonly route: Route;
  readonly pitch: MidiNote;
}

const sameTarget = (target: BindingTarget, input: Input): boolean =>
  (target.kind === 'parameter' && input.kind === 'parameter' && target.layer === input.layer && target.parameter === input.parameter) ||
  (target.kind === 'macro' && input.kind === 'macro' && target.macro === input.macro);

export const createMidi = (options: MidiOptions): Midi => {
  const { webMidi, heardAt, wall, present, onInput, onLearned } = options;
  const pickup = createPickup();
  const open = new Map<number, OpenNote>();
  const controls = new Map<string, Performed>();
  /** Channels used, by the port's name and maker. */
  const used = new Map<string, { readonly port: PortName; readonly channels: Set<number> }>();
  let score: Score | null = null;
  let learning: BindingTarget | null = null;
  let clockPort: string | null = null;
  let clockedUntil = 0;
  let lastTime = 0;

  const routeOf = (layer: string): Route | null => score?.layers.find(({ id }) => id === layer)?.route ?? null;
  const out = createMidiOut((layer) => routeOf(layer)?.channel ?? null);

  const onMessage = (data: Uint8Array, port: PortName): void => {
    const gesture = gestureOf(data, port);
    if (gesture === null || score === null) return;
    if (learning !== null) {
      const binding = learnedBinding(score, gesture, learning);
      learning = null;
      onLearned(binding);
      return;
    }
    for (const binding of bindingsOf(score, gesture)) {
      const input = inputOf(binding, gesture, present, pickup);
      if (input !== null) onInput(input);
    }
  };

  const ports = createPorts({
    webMidi,
    requestAccess: options.requestAccess,
    onMessage,
    // A port that comes (back) is told where every controller stands.
    onOutput: () => {
      out.forget();
      for (const control of controls.values()) send(control, wall());
    },
  });

  const sendTo = (port: PortName, bytes: MidiBytes, time: number): void => {
    try {
      ports.output(port)?.send([...bytes], { time });
    } catch (error) {
      // The port went away between two polls; it is a ghost from the next on.
      console.error(`MIDI to ${port.name} failed:`, error);
    }
  };

  const onRoute = (route: Route, bytes: MidiBytes, time: number): void => {
    const port = { name: route.port, maker: route.maker };
    const key = JSON.stringify(port);
    const known = used.get(key) ?? { port, channels: new Set<number>() };
    used.set(key, known);
    known.channels.add(route.channel);
    lastTime = Math.max(lastTime, time);
    sendTo(port, bytes, time);
  };

  const send = (event: Performed, time: number): void => {
    if (event.kind === 'off') {
      // To where its note-on went, though the layer may be routed elsewhere by now.
      const note = open.get(event.note);
      open.delete(event.note);
      if (note !== undefined) onRoute(note.route, noteOff(note.route.channel, note.pitch), time);
      return;
    }
    const route = routeOf(event.layer);
    const message = out.message(event);
    if (route === null || message === null) return;
    if (event.kind === 'on') open.set(event.note, { route, pitch: event.pitch });
    onRoute(route, message.bytes, time);
  };

  const toClock = (bytes: MidiBytes, time: number): void => {
    if (clockPort !== null) sendTo({ name: clockPort, maker: '' }, bytes, time);
  };

  const silence = (time: number): void => {
    for (const { route, pitch } of open.values()) onRoute(route, noteOff(route.channel, pitch), time);
    for (const { port, channels } of used.values()) {
      for (const channel of channels) {
        sendTo(port, controlChange(channel, ALL_NOTES_OFF, 0), time);
        sendTo(port, controlChange(channel, ALL_SOUND_OFF, 0), time);
      }
    }
  };

  return {
    open: ports.open,
    setScore: (next) => {
      score = next;
    },
    play: (performed) => {
      for (const event of performed) {
        if (event.kind === 'control') controls.set(`${event.layer}/${event.parameter}`, event);
        if (event.kind === 'cue' && (event.cue === 'panic' || event.cue === 'stopped')) toClock(STOP, heardAt(event.t));
        if (event.kind === 'cue' && event.cue === 'resume') toClock(CONTINUE, heardAt(event.t));
        send(event, heardAt(event.t));
      }
    },
    clock: (tempo, until) => {
      if (until <= clockedUntil) return;
      for (const t of clockPort === null ? [] : clockTimes(tempo, micros(clockedUntil), micros(until))) toClock(CLOCK, heardAt(t));
      clockedUntil = until;
    },
    begin: (from) => {
      clockedUntil = from;
      open.clear();
      controls.clear();
      out.forget();
      toClock(from === 0 ? START : CONTINUE, heardAt(from));
    },
    end: () => {
      silence(wall());
      toClock(STOP, wall());
      open.clear();
    },
    clockTo: (port) => {
      if (clockPort !== null && clockPort !== port) toClock(STOP, wall());
      clockPort = port;
    },
    panic: () => {
      for (const { port } of used.values()) ports.output(port)?.clear();
      const last = lastTime;
      silence(wall());
      silence(Math.max(wall() + AGAIN_MS, last + AFTER_LAST_MS));
    },
    learn: (target) => {
      learning = target;
    },
    learning: () => learning,
    released: (input) => {
      for (const binding of score?.bindings ?? []) if (sameTarget(binding.target, input)) pickup.release(binding.id);
    },
    poll: ports.poll,
    health: () => ({
      ...ports.state(),
      inputs: ports.inputs((score?.bindings ?? []).map(({ port, maker }) => ({ name: port, maker }))),
      outputs: ports.outputs((score?.layers ?? []).flatMap(({ route }) => (route === null ? [] : [{ name: route.port, maker: route.maker }]))),
      clockTo: clockPort,
    }),
    route: (layer) => {
      const route = routeOf(layer);
      return route === null ? 'none' : ports.output({ name: route.port, maker: route.maker }) === null ? 'absent' : 'connected';
    },
    dispose: ports.dispose,
  };
};
