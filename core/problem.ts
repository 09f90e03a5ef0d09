import type { z } from 'zod';

/** The first thing that a schema found wrong: what, and where as `layers.2.pan`, or `whole` where it is the thing as such. */
export const firstProblem = (error: z.ZodError, whole: string): { readonly message: string; readonly place: string } => {
  const [first] = error.issues;
  return { message: first?.message ?? 'unknown problem', place: first?.path.map(String).join('.') || whole };
};
