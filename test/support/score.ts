import firstLightScore from '../../presets/first-light.json' with { type: 'json' };
import { parseScore, type Score } from '../../core/score/schema.ts';

/** The built-in score, as a user gets it. */
export const firstLight = (): Score => parseScore(firstLightScore, 'presets/first-light.json');
