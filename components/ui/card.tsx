import type { ReactElement, ReactNode } from 'react';

interface CardProps {
  readonly title?: ReactNode;
  /** One line under the title. */
  readonly note?: ReactNode;
  /** Buttons and links at the right of the title. */
  readonly actions?: ReactNode;
  /** False where the content brings its own edge, as a table does. */
  readonly padded?: boolean;
  readonly id?: string;
  readonly children: ReactNode;
}

/** A panel with an optional heading. */
export function Card({ title, note, actions, padded = true, id, children }: CardProps): ReactElement {
  return (
    <section className="min-w-0 rounded-panel border border-line bg-surface shadow-panel" id={id}>
      {title ? (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3">
          <div className="min-w-0">
            <h2 className="font-semibold text-ink text-sm">{title}</h2>
            {note ? <p className="mt-0.5 text-muted text-xs">{note}</p> : null}
          </div>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={padded ? 'p-4' : ''}>{children}</div>
    </section>
  );
}
