import { z } from 'zod';
import { STAGES } from '../../core/signal/stages.ts';
import data from './sleep-model.json' with { type: 'json' };

const row = (length: number) => z.array(z.number().min(0).max(1)).length(length);
const matrix = (size: number) => z.array(row(size)).length(size);
const lengths = z.strictObject({ median_min: z.array(z.number().positive()).min(1), sigma: z.array(z.number().positive()).min(1) });

/**
 * Parameters of the two-regime model of a night (sleep-model.json), fitted to hand-scored nights: 25
 * healthy nights of DOD-H by five scorers (Guillot et al. 2020) and 39 nights of Sleep-EDF (Kemp et
 * al. 2000; Goldberger et al. 2000). Probabilities are per 30 s epoch, lengths in minutes.
 */
const sleepModelSchema = z.strictObject({
  epoch_s: z.literal(30),
  states: z.tuple([z.literal('W'), z.literal('N1'), z.literal('N2'), z.literal('N3'), z.literal('R')]),
  sol_lognormal: z.strictObject({ median_min: z.number().positive(), sigma: z.number().positive() }),
  nrem_matrix: z.strictObject({
    early: matrix(4),
    mid: matrix(4),
    late: matrix(4),
    rows: z.literal('W,N1,N2,N3'),
    centres_min: z.tuple([z.number(), z.number(), z.number()]),
  }),
  rem_matrix: matrix(STAGES.length),
  rem_exit: z.strictObject({ W: z.number(), N1: z.number(), N2: z.number() }),
  nrem_period_lognormal: lengths,
  rem_period_lognormal: lengths,
  traits_lognormal_sigma: z.strictObject({
    n2_to_n3: z.number(),
    to_wake: z.number(),
    wake_exit: z.number(),
    cycle: z.number(),
    rem: z.number(),
  }),
});

export type SleepModel = z.infer<typeof sleepModelSchema>;

/** The model that ships with Dreamscore, checked. */
export const readSleepModel = (): SleepModel => sleepModelSchema.parse(data);
