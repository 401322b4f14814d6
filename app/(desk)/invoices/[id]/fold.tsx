import type { ReactElement, ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';

interface FoldProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** Something long that opens on a click. */
export function Fold({ summary, children }: FoldProps): ReactElement {
  return (
    <details className="group/fold">
      <summary className="-mx-1.5 inline-flex cursor-pointer list-none items-center gap-1 rounded-control px-1.5 py-0.5 text-muted text-sm hover:bg-hover hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon
          className="transition-transform group-open/fold:rotate-90 motion-reduce:transition-none"
          name="chevron-right"
          size={14}
        />
        {summary}
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
