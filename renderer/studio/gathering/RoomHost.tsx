import type { ReactElement } from 'react';
import { useStudio } from '../state/studio-context.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { text } from '../text/text.ts';
import { JoinCodes } from './JoinCodes.tsx';
import { PodList } from './PodList.tsx';
import { Realms } from './Realms.tsx';
import { WaysIn } from './WaysIn.tsx';

/** The room as its host sees it: the ways in, who is there and how they fare. Never how anyone sleeps. */
export const RoomHost = (): ReactElement => {
  const room = useStudio((state) => state.room);
  if (room === null) {
    return (
      <Panel title={text.room.host}>
        <EmptyState title={text.room.opening} />
      </Panel>
    );
  }
  const { live, waiting, limited } = room.counts;
  return (
    <Panel title={text.room.host} className="room-host">
      <p className="room-counts">
        <strong>{text.room.live(live)}</strong>
        {waiting > 0 && <span>{text.room.waiting(waiting, room.nextBatch)}</span>}
        {limited > 0 && <span>{text.room.limited(limited)}</span>}
        {room.chanting > 0 && <span>{text.room.chanting(room.chanting)}</span>}
      </p>
      {room.join.length > 0 && <JoinCodes join={room.join} />}
      <WaysIn adapters={room.adapters} />
      {room.realms.flat().length > 1 && <Realms realms={room.realms} />}
      <PodList pods={room.pods} hidden={live + waiting - room.pods.length} />
    </Panel>
  );
};
