import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Dialog, Heading } from 'react-aria-components';

/** A question that stands among the rest of the place: it takes the focus and Escape ends it, and nothing else is shut out. */
export const SensorDialog = ({ heading, onClose, children }: { readonly heading: ReactNode; readonly onClose: () => void; readonly children: ReactNode }): ReactElement => {
  const card = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);
  useEffect(() => {
    const element = card.current;
    const listener = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      close.current();
    };
    element?.addEventListener('keydown', listener);
    // It opens at the place's foot, and grows with what is found.
    const growth = new ResizeObserver(() => element?.scrollIntoView({ block: 'nearest' }));
    if (element !== null) growth.observe(element);
    return () => {
      element?.removeEventListener('keydown', listener);
      growth.disconnect();
    };
  }, []);
  return (
    <div className="sensor-card" ref={card}>
      <Dialog className="sensor-dialog">
        <Heading slot="title" level={3} className="sensor-heading">{heading}</Heading>
        {children}
      </Dialog>
    </div>
  );
};
