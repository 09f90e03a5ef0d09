import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stampedFrames } from '../../core/engine/gathering-input.ts';
import { eventLine } from '../../core/events/ndjson.ts';
import { parseScoreText } from '../../core/score/schema.ts';
import { TICKS_PER_QUARTER, micros } from '../../core/units.ts';
import { composePiece } from '../../export/composition.ts';
import { gatheringFrames } from '../../nexus/gathering-source.ts';
import { projectRoot } from '../cli/run-cli.ts';

const GOLDEN = join(projectRoot, 'test', 'golden', 'first-light.ndjson');
const BARS = 16;

/**
 * What First Light plays for the first 16 bars over twelve simulated sleepers: every note, tempo and
 * scene as it stands in events.ndjson. When the music is meant to change, write it anew with
 * UPDATE_GOLDEN=1 and review the difference.
 */
it('First Light plays what it played', () => {
  const score = parseScoreText(readFileSync(join(projectRoot, 'presets', 'first-light.json'), 'utf8'), 'first-light');
  const inputs = stampedFrames(gatheringFrames({ simulate: 12, seed: 1, seconds: 120 }));
  const events = [...composePiece({ score, seed: 1, inputs, to: micros(120e6) })].flatMap((stretch) => [...stretch.events]);
  const end = BARS * score.beatsPerBar * TICKS_PER_QUARTER;
  const played = events.filter((event) => event.tick < end && event.kind !== 'control').map(eventLine);
  expect(played.some((line) => line.includes('"kind":"note"'))).toBe(true);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${played.join('\n')}\n`);
  expect(existsSync(GOLDEN), 'the golden file is there').toBe(true);
  expect(played).toEqual(readFileSync(GOLDEN, 'utf8').trimEnd().split('\n'));
});
