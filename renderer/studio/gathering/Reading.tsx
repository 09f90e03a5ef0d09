import type { ReactElement } from 'react';
import { ProgressBar } from 'react-aria-components';
import { PushButton } from '../parts/PushButton.tsx';
import { percent, spanWords } from '../state/format.ts';
import { text } from '../text/text.ts';

/** How far recordings have been read, with the time left, and a way to call it off. */
export const Reading = ({ share, left, onCallOff }: { readonly share: number; readonly left: number | null; readonly onCallOff: () => void }): ReactElement => (
  <div className="reading">
    <ProgressBar className="progress" aria-label={text.gathering.reading} value={share * 100}>
      <span className="progress-fill" style={{ inlineSize: `${share * 100}%` }} />
    </ProgressBar>
    <span>
      {text.gathering.reading} {percent(share)} · {left === null ? text.exporting.leftUnknown : text.exporting.left(spanWords(left))}
    </span>
    <PushButton onPress={onCallOff}>{text.gathering.callOff}</PushButton>
  </div>
);
