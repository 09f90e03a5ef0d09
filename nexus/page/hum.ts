import { humStrength } from './tapping.ts';

export type HumState = 'insecure' | 'off' | 'on' | 'denied';

/** Loudness of a hum. The sound is measured on the phone, thirty times a second at most, and goes nowhere. */
export interface Hum {
  readonly state: HumState;
  start(): Promise<void>;
  stop(): void;
  /** 0..1, smoothed over a quarter of a second. */
  strength(): number;
}

export const createHum = (onChange: () => void): Hum => {
  const possible = window.isSecureContext && 'mediaDevices' in navigator && 'AudioContext' in window;
  let state: HumState = possible ? 'off' : 'insecure';
  let end = (): void => undefined;
  let measure = (): number => 0;

  const become = (next: HumState): void => {
    state = next;
    onChange();
  };

  return {
    get state() {
      return state;
    },
    start: async () => {
      if (state === 'on' || state === 'insecure') return;
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
        const context = new AudioContext();
        const analyser = context.createAnalyser();
        analyser.fftSize = 2_048;
        context.createMediaStreamSource(stream).connect(analyser);
        const samples = new Float32Array(analyser.fftSize);
        let smooth = 0;
        measure = () => {
          analyser.getFloatTimeDomainData(samples);
          const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
          smooth += (humStrength(rms) - smooth) * 0.6;
          return smooth;
        };
        end = () => {
          stream.getTracks().forEach((track) => track.stop());
          void context.close();
        };
        become('on');
      } catch {
        become('denied');
      }
    },
    stop: () => {
      if (state !== 'on') return;
      end();
      measure = () => 0;
      become('off');
    },
    strength: () => measure(),
  };
};
