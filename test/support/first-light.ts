import { readFileSync } from 'node:fs';
import { parseScoreText, type Score } from '../../core/score/schema.ts';

/** The built-in score, as it ships. */
export const firstLight = (): Score => parseScoreText(readFileSync(new URL('../../presets/first-light.json', import.meta.url), 'utf8'), 'first-light.json');
