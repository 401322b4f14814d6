import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ListFilter } from '@/lib/query-string';
import { absoluteTime } from './ui/clock';
import { Notice } from './ui/notice';

interface SearchBlockedProps {
  readonly filter: Pick<ListFilter, 'permission'>;
  readonly zone: string;
}

/** Says that the text was not looked for among customers, and when it can be again. */
export function SearchBlocked({ filter, zone }: SearchBlockedProps): ReactElement | null {
  const [t, locale] = [useTranslations('search'), useLocale()];
  const until = filter.permission?.blockedUntil;
  if (!until) return null;
  return (
    <div className="mb-4">
      <Notice tone="attention">
        <p>{t('blocked', { time: absoluteTime(until.toISOString(), zone, locale) })}</p>
      </Notice>
    </div>
  );
}
