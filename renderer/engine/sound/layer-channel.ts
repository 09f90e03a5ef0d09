import { Analyser } from 'tone/build/esm/component/analysis/Analyser.js';
import type { Context } from 'tone/build/esm/core/context/Context.js';
import { Gain } from 'tone/build/esm/core/context/Gain.js';
import type { LayerMessage } from '../../../core/dsp/types.ts';
import { LAYER_PROCESSOR, RENDER_QUANTUM, type FromLayer, type LayerOptions, type ToLayer } from './worklet-messages.ts';

/** Samples a meter looks back: 43 ms. */
const METER_SAMPLES = 2_048;
const SILENCE_DB = -120;

/** Peak of a stretch of samples in decibels, -120 for silence. */
export const peakDb = (channels: readonly Float32Array[]): number => {
  let peak = 0;
  for (const channel of channels) for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  return peak < 1e-6 ? SILENCE_DB : 20 * Math.log10(peak);
};

/** Meter over a stereo signal. */
export const makeMeter = (context: Context): { readonly node: Analyser<2>; readonly db: () => number } => {
  const node = new Analyser({ context, type: 'waveform', size: METER_SAMPLES, channels: 2 });
  return { node, db: () => peakDb([node.getValue()].flat()) };
};

/** One layer's processor, its gain (1 but for cross-fades, so that samples stay untouched) and its meter. */
export interface LayerChannel {
  readonly send: (messages: readonly LayerMessage[]) => void;
  readonly meterDb: () => number;
  /** Fades to nothing over `seconds` from the context's time `at`, then lets the nodes go. */
  readonly leave: (at: number, seconds: number) => void;
  readonly dispose: () => void;
}

export interface LayerChannelOptions extends LayerOptions {
  /** Seconds over which it fades in from its start; 0 begins as it is. */
  readonly fadeIn: number;
  readonly onMessage: (message: FromLayer) => void;
}

export const makeLayerChannel = (context: Context, mix: AudioWorkletNode, input: number, options: LayerChannelOptions): LayerChannel => {
  const { fadeIn, onMessage, ...processorOptions } = options;
  const node = context.createAudioWorkletNode(LAYER_PROCESSOR, { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [2], processorOptions });
  const gain = new Gain({ context, gain: 1 });
  const meter = makeMeter(context);
  node.port.onmessage = ({ data }: MessageEvent<FromLayer>) => onMessage(data);
  node.onprocessorerror = () => onMessage({ kind: 'failed', reason: 'the audio thread refused this layer' });
  node.connect(gain.input);
  gain.output.connect(mix, 0, input);
  gain.connect(meter.node);
  if (fadeIn > 0) {
    const at = (options.origin + options.start) / context.sampleRate;
    gain.gain.setValueAtTime(0, 0);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(1, at + fadeIn);
  }
  const post = (message: ToLayer): void => node.port.postMessage(message);
  const dispose = (): void => {
    post({ kind: 'close' });
    node.disconnect();
    gain.dispose();
    meter.node.dispose();
  };
  return {
    send: (messages) => post({ kind: 'messages', messages }),
    meterDb: meter.db,
    leave: (at, seconds) => {
      gain.gain.setValueAtTime(1, at);
      gain.gain.linearRampToValueAtTime(0, at + seconds);
      setTimeout(dispose, (at + seconds - context.currentTime) * 1_000 + 200);
    },
    dispose,
  };
};

/** The first multiple of the render quantum at or after a frame. */
export const onQuantum = (frame: number): number => Math.ceil(frame / RENDER_QUANTUM) * RENDER_QUANTUM;
