import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import type { Tone } from '@/components/ui/tone';
import { UntrustedText } from '@/components/untrusted-text';
import { transactionTotals } from '@/lib/invoices/transaction-totals';
import type { TransactionRow } from '@/lib/transactions/queries';
import { TIME_SOURCE_WORDS, type TransactionKind } from '@/lib/transactions/status';
import { clip, visible } from '@/lib/visible';
import { Hash } from './hash';

const TONE = { payment: 'good', top_up: 'good', refund: 'neutral', expected: 'progress' } as const satisfies Record<
  TransactionKind,
  Tone
>;
const ICON = { payment: 'wallet', top_up: 'plus', refund: 'undo-2', expected: 'hand-coins' } as const;
const SHOWN_HASHES = 20;
const MAX_SHOWN = 50;
/** Sixty digits are an amount too. */
const WRAPPING = 'whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block';

interface TransactionsCardProps {
  readonly transactions: readonly TransactionRow[];
  readonly clock: Clock;
}

/** Every transaction of money, oldest first, with what proves it, and what they make together. */
export function TransactionsCard({ transactions, clock }: TransactionsCardProps): ReactElement {
  const t = useTranslations();
  const beyond = transactions.length - MAX_SHOWN;
  return (
    <Card padded={false} title={t('invoicePage.movements.title')}>
      {transactions.length === 0 ? (
        <p className="px-4 py-3 text-muted text-sm">{t('invoices.detail.moneyEmpty')}</p>
      ) : (
        <ul>
          {transactions.slice(0, MAX_SHOWN).map((row) => (
            <Transaction clock={clock} key={row.id} row={row} />
          ))}
        </ul>
      )}
      {beyond > 0 ? (
        <p className="border-line-soft border-t px-4 py-2.5 text-muted text-xs">
          {t('invoicePage.movements.more', { count: beyond })}
        </p>
      ) : null}
      {transactions.length > 1 ? <Totals transactions={transactions} /> : null}
    </Card>
  );
}

/** A line for each currency. */
function Totals({ transactions }: Pick<TransactionsCardProps, 'transactions'>): ReactElement {
  const t = useTranslations('invoicePage.movements');
  return (
    <dl className="border-line border-t">
      {transactionTotals(transactions).map(({ expected, currency, amount }) => (
        <div
          className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
          key={`${expected} ${currency}`}
        >
          <dt className="text-muted">{t(expected ? 'togetherExpected' : 'together')}</dt>
          <dd className="ms-auto text-end font-medium">
            <Money amount={amount} className={WRAPPING} currency={currency && visible(clip(currency, 24))} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Transaction({ row, clock }: { readonly row: TransactionRow; readonly clock: Clock }): ReactElement {
  const t = useTranslations('invoices');
  const currency = row.currency && visible(clip(row.currency, 24));
  return (
    <li className="border-line-soft border-b px-4 py-3 text-sm last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge icon={ICON[row.kind]} tone={TONE[row.kind]}>
            {t(`kind.${row.kind}`)}
          </Badge>
          <Time at={row.occurredAt} className="text-muted" now={clock.now} show="absolute" zone={clock.zone} />
          <span className={`text-xs ${row.timeSource === 'provider_ahead' ? 'text-attention' : 'text-muted'}`}>
            {t(`detail.${TIME_SOURCE_WORDS[row.timeSource]}`)}
          </span>
        </span>
        <span className="ms-auto text-end">
          <Money amount={row.amount} className={`font-medium ${WRAPPING}`} currency={currency} />
          {row.amountUsd ? (
            <Money amount={row.amountUsd} className={`ms-2 text-muted ${WRAPPING}`} currency="USD" />
          ) : null}
        </span>
      </div>
      {row.externalId ? (
        <p className="mt-1.5 text-muted text-xs">
          {t('detail.externalId')} <UntrustedText most={80} text={row.externalId} />
        </p>
      ) : null}
      {row.txHashes.length > 0 ? (
        <ul aria-label={t('detail.hashes')} className="mt-1.5 grid gap-1">
          {row.txHashes.slice(0, SHOWN_HASHES).map((hash) => (
            <li key={hash}>
              <Hash currency={row.currency} hash={hash} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
