import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import type { UnmappedFields } from '@/lib/invoices/unmapped-fields';
import { Fold } from './fold';
import { SentLines } from './sent-lines';

interface RestCardProps {
  readonly invoiceId: string;
  readonly rest: UnmappedFields;
  readonly clock: Clock;
  /** Whether this role may open postbacks. */
  readonly links: boolean;
}

/** What the provider sent beyond all we understand. */
export function RestCard({ invoiceId, rest, clock, links }: RestCardProps): ReactElement | null {
  const t = useTranslations('invoicePage');
  const { lines } = rest;
  if (lines.length === 0) return null;
  const time = <Time at={rest.at} className="text-muted text-xs" now={clock.now} zone={clock.zone} />;
  return (
    <Card
      actions={links ? <Link href={`/postbacks/${rest.postbackId}`}>{time}</Link> : time}
      note={t('rest.note')}
      title={t('rest.title')}
    >
      <Fold summary={t('rest.open', { count: lines.length })}>
        <SentLines invoiceId={invoiceId} lines={lines} postbackId={rest.postbackId} />
      </Fold>
    </Card>
  );
}
