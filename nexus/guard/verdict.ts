/** Why a message had no effect. Words for people are in `VERDICT_WORDS`. */
export const REFUSALS = [
  'malformed',
  'too large',
  'no consent',
  'consent expired',
  'not its own',
  'replayed',
  'clock',
  'too fast',
  'too many pods',
  'removed',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What became of a message: taken in; waiting (a newcomer, until a batch may enter); or refused, and why. */
export type Verdict = 'taken' | 'waiting' | Refusal;

/** Each refusal as the host reads it. */
export const VERDICT_WORDS: Readonly<Record<Refusal, string>> = {
  malformed: 'sends what is no pod frame',
  'too large': 'sends too much in one message',
  'no consent': 'has not agreed to be heard',
  'consent expired': 'its consent has run out',
  'not its own': 'speaks for another pod',
  replayed: 'repeats frames that were heard before',
  clock: 'its clock runs back',
  'too fast': 'sends too often',
  'too many pods': 'the room is full',
  removed: 'was taken out by the host',
};
