import type { ReactElement, ReactNode } from 'react';

/** What stands where there is nothing yet, or something is broken: a mark, a line, what to do. */
export const EmptyState = ({ title, more, children }: { readonly title: string; readonly more?: string; readonly children?: ReactNode }): ReactElement => (
  <div className="empty">
    <svg className="empty-mark" viewBox="-24 -24 48 48" aria-hidden="true">
      <path d="M-14 12A18.5 18.5 0 1 1 14 12" />
      <circle r="5" />
    </svg>
    <p className="empty-title">{title}</p>
    {more !== undefined && <p className="empty-more">{more}</p>}
    {children}
  </div>
);
