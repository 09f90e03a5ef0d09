import { encode } from 'cborg';
import { podFrameSchema, type PodFrame } from '../../core/signal/pod-frame.ts';
import { readPodFrame } from '../../core/signal/read-pod-frame.ts';
import { readCbor } from '../adapters/strict-cbor.ts';

/** A change of consent without a frame, as pods send it. */
export const consentSchema = podFrameSchema.shape.consent;
export type Consent = PodFrame['consent'];

/** One message of a pod on its way from an intake to its owner. `at`: its arrival at the intake, Unix milliseconds. */
export type Forwarded =
  | { readonly kind: 'frame'; readonly at: number; readonly frame: PodFrame }
  | { readonly kind: 'consent'; readonly at: number; readonly sid: string; readonly consent: Consent }
  | { readonly kind: 'bye'; readonly at: number; readonly sid: string }
  | { readonly kind: 'chant'; readonly at: number; readonly sid: string; readonly strength: number };

/** Who speaks: several may carry the same number of a shard by mistake or as a stand-by. */
export interface Speaker {
  /** Unix milliseconds of its start. */
  readonly since: number;
  /** By chance, to tell two apart that started in the same millisecond: 0 to 2^32 - 1. */
  readonly id: number;
}

/** What comes on a shard's topic: messages of its pods, or the mark of an owner that begins to listen. */
export type ShardMessage = { readonly kind: 'batch'; readonly items: readonly Forwarded[] } | { readonly kind: 'mark'; readonly speaker: Speaker };

/** The most items of a batch, and the most bytes that one may have; a frame takes some 200. */
export const BATCH_ITEMS = 512;
export const BATCH_BYTES = 262_144;

const CODES = { frame: 0, consent: 1, bye: 2, chant: 3 } as const;
const VERSION = 1;
const BATCH = 0;
const MARK = 1;

const sidBytes = (sid: string): Uint8Array => Uint8Array.from(Buffer.from(sid, 'hex'));
const sidText = (bytes: unknown): string | null => (bytes instanceof Uint8Array && bytes.length === 8 ? Buffer.from(bytes).toString('hex') : null);

const consentBits = ({ live, record, soloVoice, publish }: Consent): number => (live ? 1 : 0) + (record ? 2 : 0) + (soloVoice ? 4 : 0) + (publish ? 8 : 0);

const consentOf = (bits: unknown, expiresAt: unknown): unknown =>
  typeof bits === 'number' && Number.isInteger(bits) && bits >= 0 && bits < 16
    ? { live: (bits & 1) !== 0, record: (bits & 2) !== 0, soloVoice: (bits & 4) !== 0, publish: (bits & 8) !== 0, expiresAt }
    : null;

/** A frame as a list in a fixed order: a third of the bytes and of the time of a map with names. */
const packFrame = (at: number, f: PodFrame): unknown[] => [
  CODES.frame, at, sidBytes(f.sid), f.seq, f.tMono, f.epochIdx, f.pStage, f.stageAgeS, f.bands, f.spindlePerMin, f.soPerMin, f.hrBpm, f.rmssdMs, f.respHz, f.respPhase,
  f.motion, f.dTempC, f.arousal, f.q.eeg, f.q.hr, f.q.resp, f.q.motion, consentBits(f.consent), f.consent.expiresAt,
];
const FRAME_LENGTH = 24;

const pack = (item: Forwarded): unknown[] => {
  switch (item.kind) {
    case 'frame':
      return packFrame(item.at, item.frame);
    case 'consent':
      return [CODES.consent, item.at, sidBytes(item.sid), consentBits(item.consent), item.consent.expiresAt];
    case 'bye':
      return [CODES.bye, item.at, sidBytes(item.sid)];
    case 'chant':
      return [CODES.chant, item.at, sidBytes(item.sid), item.strength];
  }
};

const unpackFrame = (at: number, sid: string, list: readonly unknown[]): Forwarded | null => {
  if (list.length !== FRAME_LENGTH) return null;
  const [, , , seq, tMono, epochIdx, pStage, stageAgeS, bands, spindlePerMin, soPerMin, hrBpm, rmssdMs, respHz, respPhase, motion, dTempC, arousal, eeg, hr, resp, still, bits, expiresAt] = list;
  const frame = readPodFrame({
    v: 1, sid, seq, tMono, epochIdx, pStage, stageAgeS, bands, spindlePerMin, soPerMin, hrBpm, rmssdMs, respHz, respPhase, motion, dTempC, arousal,
    q: { eeg, hr, resp, motion: still },
    consent: consentOf(bits, expiresAt),
  });
  return frame === null ? null : { kind: 'frame', at, frame };
};

const unpack = (list: unknown): Forwarded | null => {
  if (!Array.isArray(list)) return null;
  const [code, at, bytes, first, second]: readonly unknown[] = list;
  const sid = sidText(bytes);
  if (sid === null || typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) return null;
  switch (code) {
    case CODES.frame:
      return unpackFrame(at, sid, list);
    case CODES.consent: {
      const consent = consentSchema.safeParse(list.length === 5 ? consentOf(first, second) : null);
      return consent.success ? { kind: 'consent', at, sid, consent: consent.data } : null;
    }
    case CODES.bye:
      return list.length === 3 ? { kind: 'bye', at, sid } : null;
    case CODES.chant:
      return list.length === 4 && typeof first === 'number' && first >= 0 && first <= 1 ? { kind: 'chant', at, sid, strength: first } : null;
    default:
      return null;
  }
};

/** At most BATCH_ITEMS items as one message. */
export const encodeBatch = (items: readonly Forwarded[]): Uint8Array => encode([VERSION, BATCH, items.map(pack)]);

/** What an owner sends to its own topic when it begins to listen: what comes after it on that topic, it has heard. */
export const encodeMark = ({ since, id }: Speaker): Uint8Array => encode([VERSION, MARK, since, id]);

const wholeNumber = (value: unknown, most: number): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;

/** Reads what came on a shard's topic; null where any part of it is not sound, for a shard never sends such. Never throws. */
export const decodeShardMessage = (bytes: Uint8Array): ShardMessage | null => {
  const message = readCbor(bytes, BATCH_BYTES);
  if (!Array.isArray(message)) return null;
  const [version, kind, first, second]: readonly unknown[] = message;
  if (version !== VERSION) return null;
  if (kind === MARK) {
    return message.length === 4 && wholeNumber(first, Number.MAX_SAFE_INTEGER) && wholeNumber(second, 0xffff_ffff) ? { kind: 'mark', speaker: { since: first, id: second } } : null;
  }
  if (kind !== BATCH || message.length !== 3 || !Array.isArray(first) || first.length > BATCH_ITEMS) return null;
  const items: Forwarded[] = [];
  for (const each of first) {
    const item = unpack(each);
    if (item === null) return null;
    items.push(item);
  }
  return { kind: 'batch', items };
};
