import { useEffect, useRef, useState, type ReactElement } from 'react';
import { ComposePlace } from '../compose/ComposePlace.tsx';
import { ExportPlace } from '../export/ExportPlace.tsx';
import { GatheringPlace } from '../gathering/GatheringPlace.tsx';
import { LibraryPlace } from '../library/LibraryPlace.tsx';
import { OverlayBed } from '../parts/overlay-bed.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { PerformPlace } from '../perform/PerformPlace.tsx';
import { useStudio } from '../state/studio-context.ts';
import type { Place } from '../state/studio-state.ts';
import { text } from '../text/text.ts';
import { LiveRegion, Notices } from './Notices.tsx';
import { Rail } from './Rail.tsx';
import { Transport } from './Transport.tsx';
import { ViewBoundary } from './ViewBoundary.tsx';

const PlaceView = ({ place }: { readonly place: Place }): ReactElement => {
  const score = useStudio((state) => state.document?.score ?? null);
  if (place === 'library') return <LibraryPlace />;
  if (place === 'gathering') return <GatheringPlace />;
  if (score === null) return <EmptyState title={text.broken.engineWaiting} />;
  if (place === 'compose') return <ComposePlace score={score} />;
  if (place === 'export') return <ExportPlace />;
  return <PerformPlace score={score} />;
};

/** The one window: rail, place, transport. */
export const Shell = (): ReactElement => {
  const place = useStudio((state) => state.place);
  const dim = useStudio((state) => state.dim);
  const heading = useRef<HTMLHeadingElement>(null);
  const [overlays, setOverlays] = useState<HTMLElement | null>(null);
  const first = useRef(true);
  useEffect(() => {
    document.documentElement.dataset.dim = String(dim);
  }, [dim]);
  useEffect(() => {
    if (!first.current) heading.current?.focus({ preventScroll: true });
    first.current = false;
  }, [place]);
  return (
    <OverlayBed value={overlays}>
      <div className="shell">
        <Rail />
        <main className="main">
          <div className="place" key={place}>
            <h1 className="unseen" ref={heading} tabIndex={-1}>{text.places[place]}</h1>
            <Notices />
            <ViewBoundary>
              <PlaceView place={place} />
            </ViewBoundary>
          </div>
          <div ref={setOverlays} />
        </main>
        <Transport />
        <LiveRegion />
      </div>
    </OverlayBed>
  );
};
