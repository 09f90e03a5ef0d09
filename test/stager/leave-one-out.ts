import { fitStager } from './fit.ts';
import { agreement, tell, type Agreement, type Told } from './measure.ts';
import type { ScoredNight } from './nights.ts';

/** Each person's nights told by a stager that was fitted to everyone else's, at both electrodes. */
export interface LeftOut {
  readonly name: string;
  readonly withGamma: Agreement;
  readonly sharesAlone: Agreement;
}

/** @param sets the same nights at each electrode. @returns one row for each electrode, in their order */
export const leaveOnePersonOut = (sets: readonly { readonly name: string; readonly nights: readonly ScoredNight[] }[]): LeftOut[] => {
  const persons = [...new Set(sets[0]?.nights.map(({ person }) => person) ?? [])];
  const told = sets.map(() => ({ gamma: new Array<Told>(), shares: new Array<Told>() }));
  for (const person of persons) {
    const model = fitStager(sets.flatMap(({ nights }) => nights.filter((night) => night.person !== person)));
    sets.forEach(({ nights }, i) => {
      for (const night of nights.filter((own) => own.person === person)) {
        told[i]?.gamma.push(tell(night, model, true));
        told[i]?.shares.push(tell(night, model, false));
      }
    });
  }
  return sets.map(({ name }, i) => ({ name, withGamma: agreement(told[i]?.gamma ?? []), sharesAlone: agreement(told[i]?.shares ?? []) }));
};
