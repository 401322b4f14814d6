import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { dayAndYear } from '@/components/ui/clock';
import type { CashReceiptEntry } from '@/lib/invoices/cash-receipts';
import { clip, visible } from '@/lib/visible';
import { TimelineItem } from './timeline-item';

interface CashProps {
  readonly entry: CashReceiptEntry;
  readonly clock: Clock;
}

/** A colleague said that the cash arrived. */
export function TimelineCash({ entry: { at, receivedAt, author }, clock }: CashProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const date = dayAndYear(receivedAt, clock.zone, useLocale());
  const title = t('cashBy', { name: visible(clip(author, 80)), date });
  return <TimelineItem at={at} clock={clock} dot="bg-good" title={<bdi>{title}</bdi>} />;
}
