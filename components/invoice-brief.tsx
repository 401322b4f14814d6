import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { type CashOnDelivery, isInvoiceStatus } from '@/lib/invoices/status';
import { clip, visible } from '@/lib/visible';
import type { Clock } from './clock-props';
import { CopyHandle } from './copy-handle';
import { InvoiceStatusBadge, TestBadge } from './status-badge';
import { Fact, Facts } from './ui/facts';
import { Id } from './ui/id';
import { Money } from './ui/money';
import { Notice } from './ui/notice';
import { Time } from './ui/time';
import { UntrustedText } from './untrusted-text';

/** The columns of an invoice that a panel shows. */
interface Invoice {
  readonly id: string;
  readonly providerInvoiceId: string;
  readonly orderId: string | null;
  readonly status: string;
  readonly statusRaw: string;
  readonly cashOnDelivery: CashOnDelivery | null;
  readonly amount: string | null;
  readonly amountUsd: string | null;
  readonly currency: string | null;
  readonly isTest: boolean;
  readonly attention: readonly string[];
  readonly customerName: string | null;
  readonly createdAt: string;
  readonly paidAt: string | null;
  readonly project: string;
  /** As people call it. */
  readonly provider: string;
}

const WRAPPING = 'whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block';

/** How much, and what became of it. */
export function BriefHead({ invoice }: { readonly invoice: Invoice }): ReactElement {
  const t = useTranslations('invoices');
  const { amount, currency, statusRaw, cashOnDelivery, status, isTest } = invoice;
  return (
    <div className="grid gap-2">
      <p className="flex items-start gap-1 font-semibold text-ink text-title tracking-tight">
        <Money
          amount={amount}
          className={WRAPPING}
          currency={currency && visible(clip(currency, 24))}
          none={t('unknownAmount')}
        />
        {amount ? <CopyHandle value={amount} /> : null}
      </p>
      <p className="flex flex-wrap items-center gap-1.5">
        <InvoiceStatusBadge cash={cashOnDelivery} raw={visible(clip(statusRaw, 40))} status={status} />
        {isTest ? <TestBadge /> : null}
      </p>
    </div>
  );
}

const TOLD = ['overpaid', 'partial', 'on_hold'] as const;

/** Why a person should look, and what to do. */
export function BriefNotices({ invoice }: { readonly invoice: Invoice }): ReactElement | null {
  const t = useTranslations('invoices.attention');
  const status = isInvoiceStatus(invoice.status) ? TOLD.find((word) => word === invoice.status) : undefined;
  if (!status && invoice.attention.length === 0) return null;
  return (
    <div className="grid gap-2">
      {invoice.attention.map((code) => (
        <Notice key={code} tone="attention">
          {t.has(code) ? t(code) : t('other', { code })}
        </Notice>
      ))}
      {status ? <Notice tone={status === 'on_hold' ? 'progress' : 'attention'}>{t(status)}</Notice> : null}
    </div>
  );
}

interface BriefFactsProps {
  readonly invoice: Invoice;
  readonly clock: Clock;
  /** Whether the invoice's id leads to its page. */
  readonly linked?: boolean;
}

export function BriefFacts({ invoice, clock, linked = false }: BriefFactsProps): ReactElement {
  const t = useTranslations('invoices');
  const time = (at: string): ReactNode => (
    <Time at={at} className="whitespace-normal!" now={clock.now} show="absolute" zone={clock.zone} />
  );
  const id = <Id keep={10} value={visible(clip(invoice.providerInvoiceId, 80))} />;
  return (
    <Facts columns={1}>
      <Fact label={t('list.invoice')}>
        <span className="inline-flex items-center gap-0.5">
          {linked ? (
            <Link className="text-link" href={`/invoices/${invoice.id}`}>
              {id}
            </Link>
          ) : (
            id
          )}
          <CopyHandle value={invoice.providerInvoiceId} />
        </span>
      </Fact>
      {invoice.orderId ? (
        <Fact label={t('detail.order')}>
          <UntrustedText className="break-all" most={120} text={invoice.orderId} />
        </Fact>
      ) : null}
      {invoice.customerName ? (
        <Fact label={t('list.customer')}>
          <UntrustedText className="break-words" most={120} text={invoice.customerName} />
        </Fact>
      ) : null}
      <Fact label={t('detail.created')}>{time(invoice.createdAt)}</Fact>
      {invoice.paidAt ? <Fact label={t('detail.paidAt')}>{time(invoice.paidAt)}</Fact> : null}
      <Fact label={t('detail.project')}>
        <UntrustedText text={invoice.project} />
        <span className="ms-1.5 text-muted text-xs">{invoice.provider}</span>
      </Fact>
      {invoice.amountUsd ? (
        <Fact label={t('detail.amountUsd')}>
          <Money amount={invoice.amountUsd} className={WRAPPING} currency="USD" />
        </Fact>
      ) : null}
    </Facts>
  );
}
