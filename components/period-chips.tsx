import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ListFilter } from '@/lib/query-string';
import { dateIn, PERIODS, periodDates } from '@/lib/zone';
import { type Chip, Chips } from './chips';

interface PeriodChipsProps {
  readonly filter: ListFilter;
  readonly now: Date;
  readonly hrefOf: (change: { readonly from: string | null; readonly to: string | null }) => string;
}

/** Named periods in the zone of the filter, which is printed beside them. */
export function PeriodChips({ filter, now, hrefOf }: PeriodChipsProps): ReactElement {
  const t = useTranslations('invoices.filter');
  const today = dateIn(filter.tz, now);
  const chips: Chip[] = PERIODS.map((period) => {
    const dates = periodDates(period, today);
    const current = filter.from === dates.from && filter.to === dates.to;
    return { key: period, href: hrefOf(dates), label: t(period), current };
  });
  const allTime: Chip = {
    key: 'all',
    href: hrefOf({ from: null, to: null }),
    label: t('allTime'),
    current: filter.from === null && filter.to === null,
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <div className="min-w-0 max-w-full">
        <Chips chips={[allTime, ...chips]} label={t('period')} />
      </div>
      <span className="text-muted text-xs">{t('zone', { zone: filter.tz })}</span>
    </div>
  );
}
