import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { InvoiceStatus } from '@/lib/invoices/status';
import { parseDecimal } from '@/lib/money';
import { clip, visible } from '@/lib/visible';
import { Fact, Facts } from './ui/facts';
import { Id } from './ui/id';
import { Money } from './ui/money';
import { UntrustedText } from './untrusted-text';

/** What a postback itself says, as it is stored beside its result. */
export interface ClaimRow {
  readonly outcome: string;
  readonly claimedInvoiceId: string | null;
  readonly claimedOrderId: string | null;
  readonly claimedStatus: string | null;
  readonly claimedAmount: string | null;
  readonly claimedCurrency: string | null;
}

const UNVERIFIED: ReadonlySet<string> = new Set(['refused', 'incomplete', 'unreadable']);

/** Nothing of it is in an invoice, so what it says is a claim. */
export function isUnverified({ outcome }: { readonly outcome: string }): boolean {
  return UNVERIFIED.has(outcome);
}

interface ClaimedStatusProps {
  readonly raw: string;
  readonly word: InvoiceStatus | null;
}

/** Our word for the provider's status; the provider's own where we have none. */
export function ClaimedStatus({ raw, word }: ClaimedStatusProps): ReactElement {
  const t = useTranslations('invoices.status');
  if (word === null || word === 'unknown') return <UntrustedText most={24} text={raw} />;
  return <span title={visible(clip(raw, 64))}>{t(word)}</span>;
}

/** An amount that need not be a number, of up to eighteen decimals on a phone. */
export function ClaimedAmount({
  amount,
  currency,
}: {
  readonly amount: string;
  readonly currency: string | null;
}): ReactElement {
  const isNumber = parseDecimal(amount) !== null;
  return isNumber ? (
    <Money amount={amount} className="whitespace-normal! [overflow-wrap:anywhere]" currency={currency} />
  ) : (
    <UntrustedText most={24} text={amount} />
  );
}

interface ClaimProps {
  readonly row: ClaimRow;
  readonly word: InvoiceStatus | null;
}

/** All that a postback says of itself, or a sentence where it says nothing. */
export function ClaimFacts({ row, word }: ClaimProps): ReactElement {
  const t = useTranslations('postbacks.claim');
  const { claimedInvoiceId, claimedOrderId, claimedStatus, claimedAmount, claimedCurrency } = row;
  if (!claimedInvoiceId && !claimedOrderId && !claimedStatus && claimedAmount === null)
    return <p className="text-muted text-sm">{t('nothing')}</p>;
  return (
    <>
      {isUnverified(row) ? <p className="mb-2 text-muted text-sm">{t('note')}</p> : null}
      <Facts columns={1}>
        {claimedStatus ? (
          <Fact label={t('status')}>
            <ClaimedStatus raw={claimedStatus} word={word} />
          </Fact>
        ) : null}
        {claimedAmount !== null ? (
          <Fact label={t('amount')}>
            <ClaimedAmount amount={claimedAmount} currency={claimedCurrency} />
          </Fact>
        ) : null}
        {claimedOrderId ? (
          <Fact label={t('order')}>
            <UntrustedText className="break-all" text={claimedOrderId} />
          </Fact>
        ) : null}
        {claimedInvoiceId ? (
          <Fact label={t('invoice')}>
            <Id keep={10} value={visible(claimedInvoiceId)} />
          </Fact>
        ) : null}
      </Facts>
    </>
  );
}

/** The same in one line, for a timeline. */
export function ClaimLine({ row, word }: ClaimProps): ReactElement | null {
  const t = useTranslations('postbacks.claim');
  const { claimedOrderId, claimedInvoiceId, claimedStatus, claimedAmount, claimedCurrency } = row;
  const parts = [
    claimedStatus ? <ClaimedStatus key="status" raw={claimedStatus} word={word} /> : null,
    claimedAmount === null ? null : <ClaimedAmount amount={claimedAmount} currency={claimedCurrency} key="amount" />,
    claimedOrderId ? t.rich('orderNamed', { order: () => <UntrustedText most={48} text={claimedOrderId} /> }) : null,
    claimedInvoiceId
      ? t.rich('invoiceNamed', { invoice: () => <Id keep={6} value={visible(claimedInvoiceId)} /> })
      : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <p className="text-ink text-sm">
      {t('claims')}{' '}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never change places.
        <span key={index}>
          {index > 0 ? ' · ' : null}
          {part}
        </span>
      ))}
      <span className="text-muted"> · {t('unverified')}</span>
    </p>
  );
}
