import type { ReactElement } from 'react';
import { Skeleton } from './ui/skeleton';

const LINES = ['w-40', 'w-56', 'w-48', 'w-52', 'w-36'] as const;

/** What stands in a panel until its row was read. */
export function PanelSkeleton({ label }: { readonly label: string }): ReactElement {
  return (
    <div aria-busy="true" aria-label={label} className="grid gap-4" role="status">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-5.5 w-24 rounded-full" />
      {LINES.map((width) => (
        <Skeleton className={`h-4 ${width}`} key={width} />
      ))}
    </div>
  );
}
