import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Icon } from '@/components/ui/icon';
import { Notice } from '@/components/ui/notice';
import { UntrustedText } from '@/components/untrusted-text';
import { monthlyPath, monthName, offeredToday } from '@/lib/exports/monthly';
import { type Access, may } from '@/lib/staff/access';

interface MonthlyOfferProps {
  readonly access: Access;
  readonly zone: string;
  readonly now: Date;
}

/** On the first of the month: what somebody wanted to have then. */
export async function MonthlyOffer({ access, zone, now }: MonthlyOfferProps): Promise<ReactElement | null> {
  if (!may(access, 'exportFiles')) return null;
  const [offered, t, locale] = await Promise.all([
    offeredToday(access, zone, now),
    getTranslations('exports.offer'),
    getLocale(),
  ]);
  const [first] = offered;
  if (!first) return null;
  return (
    <div className="mb-4">
      <Notice
        actions={offered.map((saved) => (
          <a className={buttonClass('secondary')} href={monthlyPath(saved, zone, now)} key={saved.id}>
            <Icon name="download" />
            <UntrustedText most={40} text={saved.name} />
          </a>
        ))}
        icon="calendar"
        title={t('title', { month: monthName(first, zone, now, locale) })}
        tone="good"
      >
        {t('text')}
      </Notice>
    </div>
  );
}
