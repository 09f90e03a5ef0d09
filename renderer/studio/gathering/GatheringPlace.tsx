import type { ReactElement } from 'react';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { CollectiveNow } from './CollectiveNow.tsx';
import { RoomHost } from './RoomHost.tsx';
import { Sensors } from './Sensors.tsx';
import { SourceForm } from './SourceForm.tsx';

/** Who sleeps: the source of the gathering, the room if one is open, and what the collective does now. */
export const GatheringPlace = (): ReactElement => {
  const source = useStudio((state) => state.gathering);
  return (
    <div className="gathering">
      <div className="gathering-main">
        {source?.kind === 'room' && <RoomHost />}
        <Panel title={text.gathering.who}>
          {source === null ? <EmptyState title={text.gathering.loading} /> : <SourceForm key={JSON.stringify(source)} source={source} />}
        </Panel>
        <Sensors />
      </div>
      <CollectiveNow />
    </div>
  );
};
