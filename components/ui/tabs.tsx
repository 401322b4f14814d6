import type { ReactElement, ReactNode } from 'react';
import { Link } from './link';

export interface Tab {
  readonly href: string;
  readonly label: ReactNode;
  /** A number beside the word. */
  readonly count?: number | string;
  readonly current: boolean;
}

/** Links that look like a segmented control; the address is the state. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }): ReactElement {
  return (
    <nav aria-label={label} className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-control bg-sunken p-0.5">
      {tabs.map((tab) => (
        <Link
          aria-current={tab.current ? 'page' : undefined}
          className="inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-[5px] px-2.5 font-medium text-muted text-xs hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-xs"
          href={tab.href}
          key={tab.href}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="text-muted tabular-nums">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
