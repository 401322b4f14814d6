import { useLocale } from 'next-intl';
import type { ReactElement } from 'react';
import { absoluteTime, relativeTime } from './clock';

interface TimeProps {
  /** An instant, as text. */
  readonly at: string;
  /** When the page was made. */
  readonly now: Date;
  /** The deployment's zone. */
  readonly zone: string;
  /** `absolute` shows the date and has the relative time in the title. */
  readonly show?: 'relative' | 'absolute';
  readonly className?: string;
}

/** Made on the server, so the browser has nothing to correct. */
export function Time({ at, now, zone, show = 'relative', className = '' }: TimeProps): ReactElement {
  const locale = useLocale();
  const absolute = absoluteTime(at, zone, locale);
  const relative = relativeTime(at, now, zone, locale);
  return (
    <time
      className={`tabular-nums ${show === 'relative' ? 'whitespace-nowrap' : ''} ${className}`}
      dateTime={at}
      title={show === 'relative' ? absolute : relative}
    >
      {show === 'relative' ? relative : absolute}
    </time>
  );
}
