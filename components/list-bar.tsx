import type { ReactElement, ReactNode } from 'react';

interface ListBarProps {
  readonly chips: ReactNode;
  readonly totals?: ReactNode;
}

/** What stands right above a list. */
export function ListBar({ chips, totals }: ListBarProps): ReactElement {
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 max-w-full">{chips}</div>
      {totals}
    </div>
  );
}
