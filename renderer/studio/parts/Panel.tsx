import { useId, type ReactElement, type ReactNode } from 'react';

/** A part of a place, under its heading. */
export const Panel = ({ title, children, className = '', aside, hint }: { readonly title: string; readonly children: ReactNode; readonly className?: string; readonly aside?: ReactNode; readonly hint?: string }): ReactElement => {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {children}
    </section>
  );
};
