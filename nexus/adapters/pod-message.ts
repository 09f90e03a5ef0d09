import type { Verdict } from '../guard/verdict.ts';
import type { Intake, Origin } from './adapter.ts';
import { decodePayload } from './payload.ts';
import type { PodTopic } from './topics.ts';

/** `{ "strength": .5 }` carries a chant; anything else goes on as it is and the guard refuses it. */
const strengthOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'strength' in value ? value.strength : value);

/** Hands what came on a pod's topic to the intake. Never throws, and keeps nothing of it. A `bye` needs no payload. */
export const takePodMessage = (intake: Intake, { sid, verb }: PodTopic, payload: Uint8Array, from: Origin): Verdict => {
  if (verb === 'bye') return intake.bye(sid, from);
  const read = decodePayload(payload);
  if (typeof read === 'string') {
    const reason = read === 'too large' ? read : 'malformed';
    intake.refused(reason, from);
    return reason;
  }
  if (verb === 'frame') return intake.frame(read.value, from, sid);
  return verb === 'consent' ? intake.consent(sid, read.value, from) : intake.chant(strengthOf(read.value), from);
};
