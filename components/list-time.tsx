import { useLocale } from 'next-intl';
import type { ReactElement } from 'react';
import type { TimeStyle } from '@/lib/lists/layout';
import type { Clock } from './clock-props';
import { absoluteTime, relativeTime } from './ui/clock';
import { shortTime } from './ui/short-time';

interface ListTimeProps {
  readonly at: string;
  readonly clock: Clock;
  readonly times: TimeStyle;
}

/** How long ago or when, as the reader likes it; the whole of it in the title. */
export function ListTime({ at, clock: { now, zone }, times }: ListTimeProps): ReactElement {
  const locale = useLocale();
  const absolute = absoluteTime(at, zone, locale);
  const relative = relativeTime(at, now, zone, locale);
  return (
    <time
      className="relative z-1 whitespace-nowrap tabular-nums"
      dateTime={at}
      title={times === 'relative' ? absolute : `${absolute} · ${relative}`}
    >
      {times === 'relative' ? relative : shortTime(at, now, zone, locale)}
    </time>
  );
}
