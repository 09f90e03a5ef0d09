import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { advance } from '../../core/engine/advance.ts';
import { stampedFrames } from '../../core/engine/gathering-input.ts';
import { initialState } from '../../core/engine/state.ts';
import { eventLine } from '../../core/events/ndjson.ts';
import { compareEvents } from '../../core/events/order.ts';
import { createPerformer } from '../../core/events/perform.ts';
import { parseScoreText } from '../../core/score/schema.ts';
import { micros } from '../../core/units.ts';
import { composePiece } from '../../export/composition.ts';
import { gatheringFrames } from '../../nexus/gathering-source.ts';
import { projectRoot } from '../cli/run-cli.ts';

const score = parseScoreText(readFileSync(join(projectRoot, 'presets', 'first-light.json'), 'utf8'), 'first-light');
const to = micros(5 * 60e6);
const journal = [...stampedFrames(gatheringFrames({ simulate: 6, seed: 5, seconds: 300 }))];

describe('composing stretch by stretch', () => {
  it('gives the events and the performance of the engine run in one go over the whole journal', () => {
    const stretches = [...composePiece({ score, seed: 5, inputs: journal, to })];
    const whole = advance(initialState(score, 5), journal, to);
    const events = [...whole.events].sort(compareEvents).filter((event) => event.t < to);
    expect(stretches.length).toBeGreaterThan(20);
    expect(stretches.flatMap((stretch) => stretch.events.map(eventLine))).toEqual(events.map(eventLine));
    expect(stretches.flatMap((stretch) => [...stretch.performed])).toEqual(createPerformer().perform(events, whole.state.tempo, to));
    expect(stretches.flatMap((stretch) => [...stretch.inputs])).toEqual(journal);
  });

  it('without an end it ends a frame after the last input', () => {
    const stretches = [...composePiece({ score, seed: 5, inputs: journal.slice(0, 100), to: null })];
    expect(stretches.at(-1)?.upTo).toBe(25e6);
  });

  it('with no input at all it plays to the end that is asked for', () => {
    const stretches = [...composePiece({ score, seed: 5, inputs: [], to: micros(60e6) })];
    expect(stretches.at(-1)?.upTo).toBe(60e6);
    expect(stretches.flatMap((stretch) => [...stretch.events]).some((event) => event.kind === 'note')).toBe(true);
  });

  it('closes its source when it is left early', () => {
    let closed = false;
    const source = (function* () {
      try {
        yield* journal;
      } finally {
        closed = true;
      }
    })();
    const composing = composePiece({ score, seed: 5, inputs: source, to });
    composing.next();
    composing.return();
    expect(closed).toBe(true);
  });
});
