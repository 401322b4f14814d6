import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

/** As high as a summary of a few currencies. */
export function SummarySkeleton({ label }: { readonly label: string }): ReactElement {
  return (
    <div aria-busy="true" aria-label={label} role="status">
      <Card>
        <div className="grid gap-4">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-48 w-full" />
          <Skeleton className="h-9 w-36" />
        </div>
      </Card>
    </div>
  );
}
