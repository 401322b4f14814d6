import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { Time } from '@/components/ui/time';

interface TimelineItemProps {
  /** The colour of its dot. */
  readonly dot: string;
  readonly at: string;
  readonly clock: Clock;
  /** Who or what. */
  readonly title: ReactNode;
  readonly badge?: ReactNode;
  readonly children?: ReactNode;
}

/** One entry: who or what, when, and what followed. */
export function TimelineItem({ dot, at, clock, title, badge, children }: TimelineItemProps): ReactElement {
  return (
    <li className="relative grid min-w-0 gap-1.5 ps-5">
      <span
        aria-hidden="true"
        className={`absolute start-0 top-1.5 size-[7px] rounded-full ring-4 ring-surface ${dot}`}
      />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        <span className="font-medium text-ink [overflow-wrap:anywhere]">{title}</span>
        {badge}
        <Time at={at} className="ms-auto text-muted" now={clock.now} zone={clock.zone} />
      </div>
      {children}
    </li>
  );
}
