import { createLayer, type Layer } from '../../../core/dsp/layer.ts';
import { LAYER_PROCESSOR, RENDER_QUANTUM, type FromLayer, type LayerOptions, type ToLayer } from './worklet-messages.ts';

/** Runs one layer of core/dsp on the audio thread, by the frames of the gathering: the same samples as in files. */
class LayerProcessor extends AudioWorkletProcessor {
  private readonly layer: Layer;
  private readonly origin: number;
  /** The gathering's frame to be made next. */
  private position: number;
  private open = true;
  private readonly scratch = new Float32Array(RENDER_QUANTUM);

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { sound, room, origin, start, standing }: LayerOptions = options.processorOptions;
    this.layer = createLayer(sound, room, start);
    this.origin = origin;
    this.position = start;
    for (const message of standing) this.layer.push(message);
    this.port.onmessage = ({ data }: MessageEvent<ToLayer>) => this.receive(data);
  }

  private receive(data: ToLayer): void {
    if (data.kind === 'close') {
      this.open = false;
      return;
    }
    let late = 0;
    for (const message of data.messages) {
      if (message.kind === 'on' && message.frame < this.position) late += 1;
      this.layer.push(message);
    }
    if (late > 0) this.tell({ kind: 'late', count: late });
  }

  private tell(message: FromLayer): void {
    this.port.postMessage(message);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    const frame = currentFrame - this.origin;
    if (!this.open || left === undefined || right === undefined) return this.open;
    if (frame < this.position) return true;
    try {
      // Made a little too late, or the audio thread skipped: what was missed is made unheard, so that the rest is right.
      while (this.position < frame) this.make(this.scratch, this.scratch);
      this.make(left, right);
    } catch (error) {
      this.open = false;
      this.tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
    return this.open;
  }

  private make(left: Float32Array, right: Float32Array): void {
    this.layer.render(left, right, this.position, RENDER_QUANTUM);
    this.position += RENDER_QUANTUM;
  }
}

registerProcessor(LAYER_PROCESSOR, LayerProcessor);
