import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { InvoiceStatusBadge, TestBadge } from '@/components/status-badge';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Id } from '@/components/ui/id';
import { Money } from '@/components/ui/money';
import { PageHeader } from '@/components/ui/page-header';
import type { InvoiceDetail } from '@/lib/invoices/detail';
import { clip, visible } from '@/lib/visible';

/** How much, what became of it, and the id that a caller reads out. */
export function InvoiceHeader({ detail: { invoice } }: { readonly detail: InvoiceDetail }): ReactElement {
  const t = useTranslations();
  const { providerInvoiceId, orderId, amount, currency } = invoice;
  return (
    <PageHeader
      back={{ href: '/invoices', label: t('invoices.detail.back') }}
      note={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="inline-flex items-center gap-0.5">
            <Id keep={10} value={visible(clip(providerInvoiceId, 80))} />
            <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={providerInvoiceId} />
          </span>
          {orderId ? (
            <span className="inline-flex min-w-0 items-center gap-1">
              <span>{t('invoices.detail.order')}</span>
              <Foreign className="break-all text-ink" most={80} text={orderId} />
            </span>
          ) : null}
        </span>
      }
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="inline-flex min-w-0 items-center gap-1">
            <Money
              amount={amount}
              className="whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block"
              currency={currency && visible(clip(currency, 24))}
              none={t('invoices.unknownAmount')}
            />
            {amount ? <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={amount} /> : null}
          </span>
          <InvoiceStatusBadge raw={visible(clip(invoice.statusRaw, 40))} status={invoice.status} />
          {invoice.isTest ? <TestBadge /> : null}
          {invoice.testModeKnown ? null : (
            <Badge title={t('invoices.testUnknownTitle')} tone="neutral">
              {t('invoices.testUnknown')}
            </Badge>
          )}
        </span>
      }
    />
  );
}
