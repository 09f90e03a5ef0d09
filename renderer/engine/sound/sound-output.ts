import { Context } from 'tone/build/esm/core/context/Context.js';
import { Gain } from 'tone/build/esm/core/context/Gain.js';
import { setContext } from 'tone/build/esm/core/context/GlobalContext.js';
import type { SoundHealth } from '../../../core/ipc/engine-view.ts';
import { SAMPLE_RATE } from '../../../core/units.ts';
import layerWorklet from './layer-worklet.ts?worker&url';
import { makeMeter } from './layer-channel.ts';
import mixWorklet from './mix-worklet.ts?worker&url';
import { MIX_INPUTS, MIX_PROCESSOR, type MixOptions, type ToMix } from './worklet-messages.ts';

/** Ramp of the master at a panic and after it: too short to wait for, long enough not to click. */
const MUTE_SECONDS = 0.008;
const UNMUTE_SECONDS = 0.05;

/** The end of the sound's way: Tone's context, the mix with its limiter, master gain and meter. */
export interface SoundOutput {
  readonly context: Context;
  readonly mix: AudioWorkletNode;
  readonly setCeiling: (ceilingDb: number) => void;
  readonly mute: () => void;
  readonly unmute: () => void;
  readonly health: (late: number, failure: string | null) => SoundHealth;
}

/** Whether the system has something to be heard from. */
const hasOutputDevice = async (): Promise<boolean> => {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (devices ?? []).some((device) => device.kind === 'audiooutput');
};

/**
 * Opens the sound output. Tone's classes are taken from their own files, since its main file makes
 * a context of its own when it is imported. With no sound device the context runs into nothing.
 */
export const openSoundOutput = async (ceilingDb: number): Promise<SoundOutput> => {
  const native = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'balanced' });
  const context = new Context({ context: native, clockSource: 'offline', lookAhead: 0, updateInterval: 1 });
  // Tone asks for its global context whenever a node is made, and would build a second one of its own. Set once, never swapped.
  setContext(context);
  await Promise.all([native.audioWorklet.addModule(layerWorklet), native.audioWorklet.addModule(mixWorklet)]);
  const processorOptions: MixOptions = { ceilingDb };
  const mix = context.createAudioWorkletNode(MIX_PROCESSOR, {
    numberOfInputs: MIX_INPUTS, numberOfOutputs: 1, outputChannelCount: [2], channelCount: 2, channelCountMode: 'explicit', processorOptions,
  });
  const master = new Gain({ context, gain: 1 });
  const meter = makeMeter(context);
  mix.connect(master.input);
  master.output.connect(native.destination);
  master.connect(meter.node);

  let ceiling = ceilingDb;
  let device = await hasOutputDevice();
  navigator.mediaDevices?.addEventListener('devicechange', () => {
    void hasOutputDevice().then((there) => {
      device = there;
    });
  });
  // A device that went away can leave the context interrupted or suspended: ask it to go on.
  const wake = (): void => {
    if (native.state !== 'running' && native.state !== 'closed') native.resume().catch((error: unknown) => console.error('The sound does not go on:', error));
  };
  native.addEventListener('statechange', wake);
  wake();

  return {
    context,
    mix,
    setCeiling: (next) => {
      if (next === ceiling) return;
      ceiling = next;
      const message: ToMix = { kind: 'ceiling', ceilingDb: next };
      mix.port.postMessage(message);
    },
    mute: () => master.gain.rampTo(0, MUTE_SECONDS),
    unmute: () => master.gain.rampTo(1, UNMUTE_SECONDS),
    health: (late, failure) => ({
      state: failure !== null ? 'failed' : native.state === 'running' ? (device ? 'running' : 'silent') : 'off',
      detail: failure ?? (native.state !== 'running' ? 'The sound output has not started' : device ? `${native.sampleRate} Hz` : 'There is no sound device here; the music goes on unheard'),
      late,
      masterDb: meter.db(),
    }),
  };
};
