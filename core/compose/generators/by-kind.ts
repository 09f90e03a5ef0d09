import type { GeneratorKind } from '../../score/schema.ts';
import type { Generator } from '../generator.ts';
import { bells } from './bells.ts';
import { chords } from './chords.ts';
import { drone } from './drone.ts';
import { melody } from './melody.ts';

/** The generator that a score names. */
export const GENERATOR_BY_KIND: Readonly<Record<GeneratorKind, Generator>> = { drone, chords, melody, bells };
