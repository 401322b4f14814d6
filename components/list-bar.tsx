import type { ReactElement, ReactNode } from 'react';

interface ListBarProps {
  readonly chips: ReactNode;
  readonly totals?: ReactNode;
  /** Order and look. */
  readonly menus: ReactNode;
}

/** What stands right above a list. */
export function ListBar({ chips, totals, menus }: ListBarProps): ReactElement {
  return (
    <div className="mb-3 grid gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-full flex-1 basis-80">{chips}</div>
        <div className="ms-auto flex items-center gap-2">{menus}</div>
      </div>
      {totals}
    </div>
  );
}
