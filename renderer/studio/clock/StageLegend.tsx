import type { ReactElement } from 'react';
import { STAGES } from '../../../core/signal/stages.ts';
import { sameContent, useStudio } from '../state/studio-context.ts';
import { percent } from '../state/format.ts';
import { text } from '../text/text.ts';
import { INWARD_OUT } from './geometry.ts';

/** What each ring of the clock means, outermost first, with the share of sleepers in it now. */
export const StageLegend = (): ReactElement => {
  const share = useStudio((state) => (state.view?.frame == null || state.view.frame.gated ? null : state.view.frame.share.map((value) => Math.round(value * 100) / 100)), sameContent);
  return (
    <ul className="legend" aria-label={text.clock.legend}>
      {[...INWARD_OUT].reverse().map((place) => {
        const stage = STAGES[place];
        return (
          <li key={stage}>
            <svg className="swatch" viewBox="0 0 16 16" aria-hidden="true">
              <rect className={`stage stage-${stage}`} width="16" height="16" rx="4" />
              <rect fill={`url(#texture-${stage})`} width="16" height="16" rx="4" />
            </svg>
            <span>{text.stages[stage].name}</span>
            <span className="legend-share">{share === null ? '–' : percent(share[place] ?? 0)}</span>
          </li>
        );
      })}
    </ul>
  );
};
