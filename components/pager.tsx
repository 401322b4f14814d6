import type { ReactElement } from 'react';
import { LinkButton } from './ui/button';
import { Icon } from './ui/icon';

interface PagerProps {
  readonly newest: { readonly href: string; readonly label: string } | null;
  readonly older: { readonly href: string; readonly label: string } | null;
}

/** A list is read from its newest row down; there are no page numbers to go stale. */
export function Pager({ newest, older }: PagerProps): ReactElement | null {
  if (!newest && !older) return null;
  return (
    <div className="mt-3 flex items-center justify-between gap-2">
      {newest ? (
        <LinkButton href={newest.href} size="small">
          <Icon name="chevron-left" size={14} />
          {newest.label}
        </LinkButton>
      ) : (
        <span />
      )}
      {older ? (
        <LinkButton href={older.href} size="small">
          {older.label}
          <Icon name="chevron-right" size={14} />
        </LinkButton>
      ) : null}
    </div>
  );
}
