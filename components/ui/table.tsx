import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { Link, type LinkProps } from './link';

interface TableProps {
  /** What the table holds, for people who cannot see it. */
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * Scrolls sideways inside itself where the screen is narrow. Rows are 40 px; figures stand under each other.
 * From 1024 px on nothing clips it, so that the header sticks to the top of the page.
 */
export function Table({ label, children }: TableProps): ReactElement {
  return (
    <section aria-label={label} className="overflow-x-auto rounded-panel lg:overflow-visible">
      <table className="w-full border-separate border-spacing-0 text-sm tabular-nums">{children}</table>
    </section>
  );
}

export function TableHead({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

interface CellLook {
  /** `end` for amounts. */
  readonly align?: 'start' | 'end';
}

export function HeadCell({
  align = 'start',
  className = '',
  ...rest
}: Omit<ComponentProps<'th'>, 'align'> & CellLook): ReactElement {
  const side = align === 'end' ? 'text-end' : 'text-start';
  return (
    <th
      className={`sticky top-0 z-10 h-9 whitespace-nowrap border-line border-b bg-surface px-2 sm:px-3 font-medium text-muted text-xs first:rounded-ss-panel first:ps-4 last:rounded-se-panel last:pe-4 ${side} ${className}`}
      scope="col"
      {...rest}
    />
  );
}

/** A row; with a `RowLink` in one of its cells the whole of it opens. */
export function Row({ className = '', ...rest }: ComponentProps<'tr'>): ReactElement {
  return <tr className={`group relative hover:bg-hover focus-within:bg-hover ${className}`} {...rest} />;
}

export function Cell({
  align = 'start',
  className = '',
  ...rest
}: Omit<ComponentProps<'td'>, 'align'> & CellLook): ReactElement {
  const side = align === 'end' ? 'text-end' : 'text-start';
  return (
    <td
      className={`h-10 whitespace-nowrap border-line-soft border-b px-2 sm:px-3 first:ps-4 last:pe-4 group-last:border-b-0 ${side} ${className}`}
      {...rest}
    />
  );
}

/** A true link (Ctrl-click opens a tab) that covers its row; other controls of the row need `relative`. */
export function RowLink({ className = '', ...rest }: LinkProps): ReactElement {
  return <Link className={`font-medium text-ink after:absolute after:inset-0 ${className}`} {...rest} />;
}
