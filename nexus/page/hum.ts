import { humStrength } from './tapping.ts';

export type HumState = 'insecure' | 'off' | 'on' | 'denied';

const LOOK_MS = 50;
/** What is left of a loudness after each look: it dies away within half a second. */
const LEFT = 0.75;

/** Loudness of a hum. The sound is measured on the phone, twenty times a second, and goes nowhere. */
export interface Hum {
  readonly state: HumState;
  start(): Promise<void>;
  stop(): void;
  /** 0..1: rises at once, dies away within half a second. */
  strength(): number;
}

export const createHum = (onChange: () => void): Hum => {
  const possible = window.isSecureContext && 'mediaDevices' in navigator && 'AudioContext' in window;
  let state: HumState = possible ? 'off' : 'insecure';
  let end = (): void => undefined;
  let level = 0;

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
        await context.resume();
        const analyser = context.createAnalyser();
        analyser.fftSize = 2_048;
        context.createMediaStreamSource(stream).connect(analyser);
        const samples = new Float32Array(analyser.fftSize);
        const looking = setInterval(() => {
          analyser.getFloatTimeDomainData(samples);
          level = Math.max(level * LEFT, humStrength(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)));
        }, LOOK_MS);
        end = () => {
          clearInterval(looking);
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
      level = 0;
      become('off');
    },
    strength: () => level,
  };
};
