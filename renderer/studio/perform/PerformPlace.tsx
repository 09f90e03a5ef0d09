import type { ReactElement } from 'react';
import { NightClock } from '../clock/NightClock.tsx';
import { StageLegend } from '../clock/StageLegend.tsx';
import type { Score } from '../../../core/score/schema.ts';
import { Health } from './Health.tsx';
import { LeadMode } from './LeadMode.tsx';
import { Macros } from './Macros.tsx';
import { Mixer } from './Mixer.tsx';
import { ScenePads } from './ScenePads.tsx';

/** What a hand needs in the dark, and no more. */
export const PerformPlace = ({ score }: { readonly score: Score }): ReactElement => (
  <div className="perform">
    <ScenePads score={score} />
    <div className="perform-clock">
      <NightClock />
      <StageLegend />
    </div>
    <div className="perform-hands">
      <LeadMode />
      <Macros score={score} />
      <Health />
    </div>
    <Mixer score={score} />
  </div>
);
