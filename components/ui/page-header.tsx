import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon';
import { Link } from './link';

interface PageHeaderProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly href: string; readonly label: string };
  readonly actions?: ReactNode;
}

/** The one h1 of a page. */
export function PageHeader({ title, note, back, actions }: PageHeaderProps): ReactElement {
  return (
    <header className="mb-5">
      {back ? (
        <Link
          className="mb-2 -ms-1 inline-flex items-center gap-0.5 text-muted text-xs hover:text-ink"
          href={back.href}
        >
          <Icon name="chevron-left" size={14} />
          {back.label}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-ink text-title tracking-tight">{title}</h1>
          {note ? <div className="mt-1 text-muted text-sm">{note}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
