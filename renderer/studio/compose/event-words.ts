import { SCORE_LAYER, type ScoreEvent } from '../../../core/events/event.ts';
import { SIGNALS } from '../../../core/signal/collective-frame.ts';
import type { Score } from '../../../core/score/schema.ts';
import { noteName, percent } from '../state/format.ts';
import { ruleSentence } from '../state/rule-words.ts';
import { text } from '../text/text.ts';

/** An event in words: "C4, velocity 60", "Scene Deep". */
export const eventWords = (event: ScoreEvent): string => {
  switch (event.kind) {
    case 'note':
      return text.events.note(noteName(event.pitch), event.velocity);
    case 'control':
      return text.events.control(event.parameter, percent(event.value / 16_383));
    case 'tempo':
      return text.events.tempo(String(Math.round(600_000_000 / event.microsPerQuarter) / 10));
    case 'scene':
      return text.events.scene(event.name);
    case 'cue':
      return text.events.cue(event.text ?? event.cue);
  }
};

export const layerName = (event: ScoreEvent, score: Score): string =>
  event.layer === SCORE_LAYER ? text.events.score : (score.layers.find((layer) => layer.id === event.layer)?.name ?? event.layer);

/** Tells events apart in a list. */
export const eventKey = (event: ScoreEvent): string => `${event.tick} ${event.t} ${event.layer} ${event.kind} ${event.kind === 'note' ? event.pitch : ''}`;

/** A cause in words: where a scene rule made the event, its sentence. */
export const causeWords = (cause: string, score: Score): string => {
  const rule = score.rules.find((entry) => entry.id === cause || cause === `rule ${entry.id}`);
  return rule === undefined ? cause : ruleSentence(rule, score);
};

export const signalName = (signal: string): string => {
  const known = SIGNALS.find((entry) => entry === signal);
  return known === undefined ? signal : text.signals[known].name;
};
