import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { FailureReasons } from '@/components/failure-reasons';
import { Pager } from '@/components/pager';
import { TestBadge } from '@/components/status-badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { listQueue, listResolvedLately, type QueueRow } from '@/lib/deliveries/queue';
import { may } from '@/lib/staff/access';
import { clip, visible } from '@/lib/visible';
import type { DeliveryView } from './delivery-results';
import { ResolutionNote, ResolveForm } from './resolution';

const MOST_RESOLVED = 3;

/** What failed and needs a person, who waited longest first; below it what was resolved last, to take back. */
export async function QueueResults({ list, access, filter, clock, hrefOf }: DeliveryView): Promise<ReactElement> {
  const [page, resolved, t] = await Promise.all([
    listQueue(access, filter),
    listResolvedLately(access, MOST_RESOLVED),
    getTranslations('deliveries'),
  ]);
  const acts = may(access, 'resolveWaybill');
  return (
    <>
      <Card padded={false}>
        {page.rows.length > 0 ? (
          <ul aria-label={t('list.queueLabel')}>
            {page.rows.map((row) => (
              <QueueLine acts={acts} clock={clock} key={row.id} row={row} />
            ))}
          </ul>
        ) : (
          <EmptyState icon="circle-check" title={t('empty.queueTitle')}>
            {list.isFiltered(filter) || filter.after ? t('empty.queueFiltered') : t('empty.queue')}
          </EmptyState>
        )}
      </Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('list.oldest') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: t('list.later') } : null}
      />
      {resolved.length > 0 ? (
        <section aria-label={t('list.lately')} className="mt-6">
          <h2 className="mb-2 font-medium text-muted text-xs">{t('list.lately')}</h2>
          <ul className="grid gap-2">
            {resolved.map((row) => (
              <li className="grid gap-1.5" key={row.id}>
                <Order invoiceId={row.invoiceId} name={row.orderId ?? row.providerInvoiceId} />
                <ResolutionNote clock={clock} deliveryId={row.id} reopens={acts} resolution={row} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

interface QueueLineProps {
  readonly row: QueueRow;
  readonly clock: Clock;
  readonly acts: boolean;
}

async function QueueLine({ row, clock, acts }: QueueLineProps): Promise<ReactElement> {
  const t = await getTranslations('waybills');
  return (
    <li className="grid gap-3 border-line-soft border-b px-4 py-4 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Order invoiceId={row.invoiceId} name={row.orderId ?? row.providerInvoiceId} />
          <UntrustedText className="text-muted text-xs" most={40} text={row.project} />
          {row.isTest ? <TestBadge /> : null}
        </span>
        <Time at={row.updatedAt} className="text-muted text-xs" now={clock.now} zone={clock.zone} />
      </div>
      <FailureReasons failures={row.failures} />
      {row.note && row.resolvedBy ? (
        <p className="text-attention text-xs">
          {t('resolve.again')}{' '}
          <span className="text-muted">
            {t('resolve.by', { name: row.resolvedBy })}: <UntrustedText most={200} text={row.note} />
          </span>
        </p>
      ) : null}
      <div className="flex flex-wrap items-start gap-2 has-[details[open]]:flex-col">
        <LinkButton href={`/invoices/${row.invoiceId}`} size="small">
          {t('openInvoice')}
        </LinkButton>
        {acts ? <ResolveForm deliveryId={row.id} reasons={row.failureReasons} /> : null}
      </div>
    </li>
  );
}

async function Order({
  invoiceId,
  name,
}: {
  readonly invoiceId: string;
  readonly name: string;
}): Promise<ReactElement> {
  const t = await getTranslations('deliveries.list');
  return (
    <Link
      aria-label={t('open', { id: visible(clip(name, 40)) })}
      className="font-medium text-ink text-sm [overflow-wrap:anywhere] hover:underline"
      href={`/invoices/${invoiceId}`}
    >
      <UntrustedText most={48} text={name} />
    </Link>
  );
}
