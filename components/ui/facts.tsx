import type { ReactElement, ReactNode } from 'react';

/** A line stands between rows, none above the first. */
const FIRST_ROW = '[&>:first-child]:border-t-0 [&>:first-child]:pt-0';
const TWO_COLUMNS = 'sm:grid-cols-2 sm:[&>:nth-child(2)]:border-t-0 sm:[&>:nth-child(2)]:pt-0';

interface FactsProps {
  /** Two where there is room. */
  readonly columns?: 1 | 2;
  readonly children: ReactNode;
}

/** A list of facts: pass `<Fact>`s. */
export function Facts({ columns = 2, children }: FactsProps): ReactElement {
  return <dl className={`grid grid-cols-1 gap-x-8 ${FIRST_ROW} ${columns === 2 ? TWO_COLUMNS : ''}`}>{children}</dl>;
}

interface FactProps {
  readonly label: ReactNode;
  /** Over both columns, for long values. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Fact({ label, wide = false, children }: FactProps): ReactElement {
  return (
    <div className={`flex gap-4 border-line-soft border-t py-2 text-sm ${wide ? 'sm:col-span-2' : ''}`}>
      <dt className="w-28 shrink-0 sm:w-32 text-muted">{label}</dt>
      <dd className="min-w-0 flex-1 break-words text-ink">{children}</dd>
    </div>
  );
}
