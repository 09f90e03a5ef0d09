import type { ReactElement } from 'react';
import type { RoomView } from '../../../core/ipc/room.ts';
import { HealthMark, type Condition } from '../parts/HealthMark.tsx';
import { text } from '../text/text.ts';

type State = RoomView['adapters'][number]['state'];
const CONDITIONS: Readonly<Record<State, Condition>> = { off: 'rest', starting: 'care', live: 'good', waiting: 'care', failed: 'bad' };

/** Each way in, with its state in words. */
export const WaysIn = ({ adapters }: { readonly adapters: RoomView['adapters'] }): ReactElement => (
  <section className="ways" aria-label={text.room.ways}>
    <h3>{text.room.ways}</h3>
    <ul>
      {adapters.map(({ name, state, words }) => (
        <li key={name}>
          <HealthMark condition={CONDITIONS[state]} />
          <span className="way-name">{name}</span>
          <span className="hint">{words}</span>
        </li>
      ))}
    </ul>
  </section>
);
