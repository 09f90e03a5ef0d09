import type { ReactElement } from 'react';
import { HealthMark } from '../parts/HealthMark.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

/** What people should know now: the engine gone, a control being learned, notices of main. */
export const Notices = (): ReactElement => {
  const actions = useActions();
  const notices = useStudio((state) => state.notices);
  const engine = useStudio((state) => state.engine);
  const learning = useStudio((state) => state.view?.learning != null);
  return (
    <div className="notices">
      {engine === 'lost' && (
        <div className="notice notice-warning">
          <HealthMark condition="bad" />
          <p><strong>{text.broken.engineLost}.</strong> {text.broken.engineLostMore}</p>
        </div>
      )}
      {learning && (
        <div className="notice">
          <HealthMark condition="rest" />
          <p>{text.midi.waiting}</p>
          <PushButton kind="quiet" onPress={() => actions.learn(null)}>{text.control.stopLearning}</PushButton>
        </div>
      )}
      {notices.map((notice) => (
        <div key={notice.key} className={`notice notice-${notice.tone}`}>
          <HealthMark condition={notice.tone === 'warning' ? 'care' : 'good'} />
          <p>{notice.text}</p>
          <PushButton kind="quiet" onPress={() => actions.dismiss(notice.key)}>{text.broken.dismiss}</PushButton>
        </div>
      ))}
    </div>
  );
};

/** Says scene changes, notices and the end of an export to assistive technology, and nothing else. */
export const LiveRegion = (): ReactElement => {
  const said = useStudio((state) => state.said);
  return <div className="unseen" role="status" aria-live="polite">{said}</div>;
};
