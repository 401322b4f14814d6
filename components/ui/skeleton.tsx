import type { ReactElement } from 'react';

/** A grey bar of the size of what comes; give height and width so that nothing shifts. */
export function Skeleton({ className = 'h-4 w-24' }: { readonly className?: string }): ReactElement {
  return <span aria-hidden="true" className={`block animate-breathe rounded-control bg-hover ${className}`} />;
}
