import { createMix, type Mix } from '../../../core/dsp/mix.ts';
import { MIX_INPUTS, MIX_PROCESSOR, RENDER_QUANTUM, type MixOptions, type ToMix } from './worklet-messages.ts';

/** How long the old limiter and the new one overlap when a score's ceiling moves: the new one's look-ahead, then a fade. */
const OVERLAP_QUANTA = 24;

/** Sums the layers in their order through the limiter of core/dsp. An input without a layer is silence. */
class MixProcessor extends AudioWorkletProcessor {
  private mix: Mix;
  private next: { readonly mix: Mix; quanta: number } | null = null;
  private readonly silence = new Float32Array(RENDER_QUANTUM);
  private readonly lefts: Float32Array[] = Array.from({ length: MIX_INPUTS }, () => this.silence);
  private readonly rights: Float32Array[] = Array.from({ length: MIX_INPUTS }, () => this.silence);
  private readonly nextLeft = new Float32Array(RENDER_QUANTUM);
  private readonly nextRight = new Float32Array(RENDER_QUANTUM);

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { ceilingDb }: MixOptions = options.processorOptions;
    this.mix = createMix(MIX_INPUTS, ceilingDb, currentFrame);
    this.port.onmessage = ({ data }: MessageEvent<ToMix>) => {
      this.next = { mix: createMix(MIX_INPUTS, data.ceilingDb, currentFrame), quanta: 0 };
    };
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left === undefined || right === undefined) return true;
    for (let index = 0; index < MIX_INPUTS; index += 1) {
      const input = inputs[index];
      this.lefts[index] = input?.[0] ?? this.silence;
      this.rights[index] = input?.[1] ?? input?.[0] ?? this.silence;
    }
    this.mix.process(this.lefts, this.rights, left, right, RENDER_QUANTUM);
    if (this.next !== null) this.crossOver(this.next, left, right);
    return true;
  }

  private crossOver(next: { readonly mix: Mix; quanta: number }, left: Float32Array, right: Float32Array): void {
    next.mix.process(this.lefts, this.rights, this.nextLeft, this.nextRight, RENDER_QUANTUM);
    next.quanta += 1;
    const half = OVERLAP_QUANTA / 2;
    for (let i = 0; i < RENDER_QUANTUM && next.quanta > half; i += 1) {
      const share = Math.min(1, (next.quanta - half - 1 + i / RENDER_QUANTUM) / half);
      left[i] = (left[i] ?? 0) * (1 - share) + (this.nextLeft[i] ?? 0) * share;
      right[i] = (right[i] ?? 0) * (1 - share) + (this.nextRight[i] ?? 0) * share;
    }
    if (next.quanta >= OVERLAP_QUANTA) {
      this.mix = next.mix;
      this.next = null;
    }
  }
}

registerProcessor(MIX_PROCESSOR, MixProcessor);
