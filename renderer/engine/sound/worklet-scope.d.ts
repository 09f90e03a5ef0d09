/** What the audio thread's global scope has and the DOM library does not describe. */
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const registerProcessor: (name: string, processor: new (options: AudioWorkletNodeOptions) => AudioWorkletProcessor) => void;
