import type { Input as MidiInput, Output as MidiOutput, WebMidi } from 'webmidi';
import type { MidiHealth, MidiPortView } from '../../../core/ipc/engine-view.ts';

/** How a score names a port. */
export interface PortName {
  readonly name: string;
  readonly maker: string;
}

export interface Ports {
  readonly open: () => Promise<void>;
  /** The output of this name and maker, else of this name; null while it is away. */
  readonly output: (port: PortName) => MidiOutput | null;
  /** Looks for ports that came or went unannounced: Windows can stop telling. */
  readonly poll: () => void;
  /** All ports seen or wanted, those away as ghosts. */
  readonly inputs: (wanted: readonly PortName[]) => readonly MidiPortView[];
  readonly outputs: (wanted: readonly PortName[]) => readonly MidiPortView[];
  readonly state: () => Pick<MidiHealth, 'state' | 'detail'>;
  readonly dispose: () => Promise<void>;
}

export interface PortsOptions {
  readonly webMidi: typeof WebMidi;
  /** `navigator.requestMIDIAccess`, or a test's. */
  readonly requestAccess: (options: MIDIOptions) => Promise<MIDIAccess>;
  readonly onMessage: (data: Uint8Array, port: PortName) => void;
  /** An output is there: for the first time, or again. */
  readonly onOutput: (port: PortName) => void;
}

const nameOf = (port: { readonly name: string | null; readonly manufacturer: string | null }): PortName => ({ name: port.name ?? '', maker: port.manufacturer ?? '' });
const keyOf = ({ name, maker }: PortName): string => JSON.stringify([name, maker]);

const refusal = (error: unknown): Pick<MidiHealth, 'state' | 'detail'> => {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return name === 'NotAllowedError' || name === 'SecurityError'
    ? { state: 'denied', detail: 'The system does not let Dreamscore use MIDI' }
    : { state: 'none', detail: 'There is no MIDI system here; the music plays without it' };
};

/** MIDI inputs and outputs through WEBMIDI.js, by name and maker, with a memory of those that went away. */
export const createPorts = ({ webMidi, requestAccess, onMessage, onOutput }: PortsOptions): Ports => {
  const seenInputs = new Map<string, PortName>();
  const seenOutputs = new Map<string, PortName>();
  const heard = new WeakSet<MidiInput>();
  let access: MIDIAccess | null = null;
  let state: Pick<MidiHealth, 'state' | 'detail'> = { state: 'off', detail: '' };
  let there: ReadonlySet<string> = new Set();

  const liveInputs = (): readonly MidiInput[] => (state.state === 'running' ? webMidi.inputs.filter((port) => port.state === 'connected') : []);
  const liveOutputs = (): readonly MidiOutput[] => (state.state === 'running' ? webMidi.outputs.filter((port) => port.state === 'connected') : []);

  const refresh = (): void => {
    for (const input of liveInputs()) {
      const port = nameOf(input);
      seenInputs.set(keyOf(port), port);
      if (heard.has(input)) continue;
      heard.add(input);
      input.addListener('midimessage', (event) => onMessage(event.message.rawData, port));
    }
    const now = new Set<string>();
    for (const output of liveOutputs()) {
      const port = nameOf(output);
      seenOutputs.set(keyOf(port), port);
      now.add(keyOf(port));
      if (!there.has(keyOf(port))) onOutput(port);
    }
    there = now;
  };

  const list = (live: readonly PortName[], seen: ReadonlyMap<string, PortName>, wanted: readonly PortName[]): MidiPortView[] => {
    const all = new Map<string, MidiPortView>();
    for (const port of [...seen.values(), ...wanted]) {
      const connected = live.some((each) => each.name === port.name && (each.maker === port.maker || port.maker === ''));
      if (!all.has(keyOf(port))) all.set(keyOf(port), { ...port, connected });
    }
    return [...all.values()];
  };

  return {
    open: async () => {
      try {
        await webMidi.enable({
          sysex: false,
          requestMIDIAccessFunction: async (wanted: MIDIOptions) => {
            access = await requestAccess(wanted);
            return access;
          },
        });
        state = { state: 'running', detail: '' };
        webMidi.addListener('portschanged', refresh);
        refresh();
      } catch (error) {
        state = refusal(error);
      }
    },
    output: (port) => {
      const named = liveOutputs().filter((each) => each.name === port.name);
      return named.find((each) => nameOf(each).maker === port.maker) ?? named[0] ?? null;
    },
    poll: () => {
      if (access === null || state.state !== 'running') return;
      const known = new Set([...liveInputs(), ...liveOutputs()].map(({ id }) => id));
      for (const port of [...access.inputs.values(), ...access.outputs.values()]) {
        // WEBMIDI.js takes in a port only when it is told of one.
        if (port.state === 'connected' && !known.has(port.id)) access.dispatchEvent?.(new MIDIConnectionEvent('statechange', { port }));
      }
      refresh();
    },
    inputs: (wanted) => list(liveInputs().map(nameOf), seenInputs, wanted),
    outputs: (wanted) => list(liveOutputs().map(nameOf), seenOutputs, wanted),
    state: () => state,
    dispose: async () => {
      if (state.state === 'running') await webMidi.disable();
      state = { state: 'off', detail: '' };
    },
  };
};
