import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { InvoiceStatusBadge, TestBadge } from '@/components/status-badge';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Id } from '@/components/ui/id';
import { Money } from '@/components/ui/money';
import { PageHeader } from '@/components/ui/page-header';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { InvoiceDetail } from '@/lib/invoices/detail';
import { clip, visible } from '@/lib/visible';
import { MaskedPerson } from './masked-person';

interface InvoiceHeaderProps {
  readonly detail: InvoiceDetail;
  readonly clock: Clock;
}

/** How much, what became of it, and the ids that a caller reads out. */
export function InvoiceHeader({ detail: { invoice, people }, clock }: InvoiceHeaderProps): ReactElement {
  const t = useTranslations();
  const { id, providerInvoiceId, orderId } = invoice;
  const customer = people.find(({ field }) => field === 'client_name');
  const copy = (value: string): ReactElement => (
    <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={value} />
  );
  return (
    <PageHeader
      back={{ href: '/invoices', label: t('invoices.detail.back') }}
      note={
        <dl className="mt-1.5 flex flex-wrap items-center gap-x-6 gap-y-1">
          <Part label={t('invoices.list.invoice')}>
            <Id className="text-ink" keep={10} value={visible(clip(providerInvoiceId, 80))} />
            {copy(providerInvoiceId)}
          </Part>
          {orderId ? (
            <Part label={t('invoices.detail.order')}>
              <UntrustedText className="min-w-0 break-all text-ink" most={80} text={orderId} />
              {copy(orderId)}
            </Part>
          ) : null}
          {customer ? (
            <Part label={t('invoicePage.customer')}>
              <MaskedPerson invoiceId={id} person={customer} />
            </Part>
          ) : null}
          <Part label={t('invoicePage.created')}>
            <Time at={invoice.createdAt} className="text-ink" now={clock.now} zone={clock.zone} />
          </Part>
        </dl>
      }
      title={<Title invoice={invoice} />}
    />
  );
}

function Part({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex min-h-6 min-w-0 items-center gap-1.5">
      <dt className="shrink-0">{label}</dt>
      <dd className="inline-flex min-w-0 items-center gap-0.5">{children}</dd>
    </div>
  );
}

function Title({ invoice }: { readonly invoice: InvoiceDetail['invoice'] }): ReactElement {
  const t = useTranslations();
  const { amount, currency } = invoice;
  return (
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
      <InvoiceStatusBadge
        cash={invoice.cashOnDelivery}
        raw={visible(clip(invoice.statusRaw, 40))}
        status={invoice.status}
      />
      {invoice.isTest ? <TestBadge /> : null}
      {invoice.testModeKnown ? null : (
        <Badge title={t('invoices.testUnknownTitle')} tone="neutral">
          {t('invoices.testUnknown')}
        </Badge>
      )}
    </span>
  );
}
