import type { ReactElement } from 'react';
import { Card } from './ui/card';
import { Skeleton } from './ui/skeleton';

const CHIPS = ['w-14', 'w-20', 'w-24', 'w-16'] as const;
const ROWS = Array.from({ length: 12 }, (_, row) => row);
const WIDTHS = ['w-40', 'w-28', 'w-36', 'w-32'] as const;

/** A list on its way, as high as the rows that come. */
export function ListSkeleton({ label }: { readonly label: string }): ReactElement {
  return (
    <div aria-busy="true" aria-label={label} role="status">
      <div className="mb-3 flex h-8 items-center gap-1.5">
        {CHIPS.map((width) => (
          <Skeleton className={`h-7 rounded-full ${width}`} key={width} />
        ))}
      </div>
      <Card padded={false}>
        <div className="h-9 border-line border-b" />
        {ROWS.map((row) => (
          <div className="flex h-10 items-center gap-6 border-line-soft border-b px-4 last:border-b-0" key={row}>
            <Skeleton className="h-3.5 w-20" />
            <Skeleton className={`h-3.5 ${WIDTHS[row % WIDTHS.length]}`} />
            <Skeleton className="ms-auto h-3.5 w-24" />
          </div>
        ))}
      </Card>
    </div>
  );
}
