import { advance } from '../../core/engine/advance.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import { stampInput } from '../../core/engine/stamp.ts';
import { initialState } from '../../core/engine/state.ts';
import { createPerformer } from '../../core/events/perform.ts';
import { seconds } from '../../core/units.ts';
import { gatheringFrames } from '../../nexus/gathering-source.ts';
import { firstLight } from '../support/score.ts';

const NIGHT = seconds(8 * 3600);

const timed = <T>(work: () => T): readonly [result: T, seconds: number] => {
  const start = performance.now();
  const result = work();
  return [result, (performance.now() - start) / 1_000];
};

/** How fast a night is composed, beside what it takes to read its own journal from JSON; lines for people. */
export const benchComposing = (): string[] => {
  const score = firstLight();
  const journal: StampedInput[] = [];
  for (const frame of gatheringFrames({ simulate: 24, seed: 1, seconds: 28_800 })) journal.push(stampInput(journal, { kind: 'frame', frame }, frame.t));
  const [night, composing] = timed(() => advance(initialState(score, score.seed), journal, NIGHT));
  const [performed, performing] = timed(() => createPerformer().perform(night.events, night.state.tempo, NIGHT));
  const text = JSON.stringify(journal);
  const [, reading] = timed(() => JSON.parse(text));
  return [
    `8 h of First Light composed in ${composing.toFixed(1)} s: ${night.state.bar} bars, ${night.state.step} control steps, ${night.events.length} events`,
    `expanded into ${performed.length} performed events in ${performing.toFixed(2)} s`,
    `the peer: its journal of ${journal.length} frames read from JSON in ${reading.toFixed(2)} s`,
    `a snapshot of the engine after the night: ${JSON.stringify(night.state).length} characters`,
  ];
};
