import type { PodFrame } from '../../core/signal/pod-frame.ts';
import type { TouchedBreath } from './touch-breath.ts';

export interface Consent {
  readonly record: boolean;
  readonly publish: boolean;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** What the phone knows at one moment. */
export interface Felt {
  readonly resting: boolean;
  readonly breath: TouchedBreath | null;
  /** 0..1, or null where the phone tells nothing of its motion. */
  readonly motion: number | null;
}

export interface Pod {
  /** The frame of this second. @param now milliseconds of the phone's own steady clock */
  frame(felt: Felt, consent: Consent, now: number): PodFrame;
  readonly sid: string;
}

/** A sid speaks for half an hour at most; the next one has nothing in common with it. */
export const SID_MS = 30 * 60_000;
export const CONSENT_MS = 12 * 3_600_000;

/** Resting is not sleep: rather awake, perhaps drowsy. */
const RESTING: PodFrame['pStage'] = [0.5, 0.35, 0.15, 0, 0];
const AWAKE: PodFrame['pStage'] = [1, 0, 0, 0, 0];
/** What one says of oneself counts as little as a signal may that still counts (MINIMUM_QUALITY). */
const SAID = 0.3;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** So many random bytes as hexadecimal digits. Unlike most of crypto it is there on pages that are not encrypted too. */
export const randomHex = (bytes: number): string => hex(crypto.getRandomValues(new Uint8Array(bytes)));

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
/** The last ten-thousandth before a breath is over. */
const BELOW_TWO_PI = 6.2831;

export const consentOf = ({ record, publish, expiresAt }: Consent): PodFrame['consent'] => ({ live: true, record, soloVoice: false, publish, expiresAt });

/** Makes pod frames (docs/nexus.md, version 1) of what a phone feels. */
export const createPod = (random: () => string = () => randomHex(8)): Pod => {
  let sid = random();
  let since: number | null = null;
  let seq = 0;
  return {
    frame: ({ resting, breath, motion }, consent, now) => {
      since ??= now;
      if (now - since >= SID_MS) {
        sid = random();
        since = now;
        seq = 0;
      }
      const tMono = Math.round(now - since);
      seq += 1;
      return {
        v: 1, sid, seq, tMono,
        epochIdx: Math.floor(tMono / 30_000),
        pStage: resting ? RESTING : AWAKE,
        stageAgeS: 0,
        bands: null, spindlePerMin: null, soPerMin: null, hrBpm: null, rmssdMs: null,
        respHz: breath === null ? null : rounded(Math.min(2, Math.max(0.02, breath.respHz))),
        respPhase: breath === null || breath.respPhase === null ? null : Math.min(BELOW_TWO_PI, rounded(breath.respPhase)),
        motion: motion === null ? null : rounded(motion),
        dTempC: null, arousal: null,
        q: { eeg: SAID, hr: 0, resp: breath === null ? 0 : rounded(breath.quality), motion: motion === null ? 0 : 1 },
        consent: consentOf(consent),
      };
    },
    get sid() {
      return sid;
    },
  };
};
