import type { ReactElement } from 'react';
import type { RoomView } from '../../../core/ipc/room.ts';
import { PushButton } from '../parts/PushButton.tsx';
import { useActions } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

/** Margin around a code, in modules (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/** For each circle the code that a phone reads, and the same as a link. */
export const JoinCodes = ({ join }: { readonly join: RoomView['join'] }): ReactElement => {
  const actions = useActions();
  return (
    <div className="join">
      <ul className="join-codes">
        {join.map(({ circle, url, qr }) => (
          <li key={circle} className="join-code">
            <svg className="join-qr" role="img" aria-label={text.room.codeOf(circle)} viewBox={`${-QUIET} ${-QUIET} ${qr.size + 2 * QUIET} ${qr.size + 2 * QUIET}`}>
              <rect x={-QUIET} y={-QUIET} width="100%" height="100%" className="join-paper" />
              <path d={qr.path} className="join-ink" />
            </svg>
            <div className="join-words">
              {join.length > 1 && <strong>{circle}</strong>}
              <span className="hint">{text.room.join}</span>
              <code className="join-link">{url}</code>
            </div>
          </li>
        ))}
      </ul>
      <PushButton kind="quiet" tip={text.room.newLinksTip} onPress={() => actions.commandRoom({ kind: 'tokens' })}>{text.room.newLinks}</PushButton>
    </div>
  );
};
