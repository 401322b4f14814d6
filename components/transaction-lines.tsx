import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { TIME_SOURCE_WORDS, type TimeSource, type TransactionKind } from '@/lib/transactions/status';
import { clip, visible } from '@/lib/visible';
import type { Clock } from './clock-props';
import { KindBadge } from './kind-badge';
import { TxHash } from './tx-hash';
import { Money } from './ui/money';
import { Time } from './ui/time';
import { UntrustedText } from './untrusted-text';

interface Transaction {
  readonly id: string;
  readonly kind: TransactionKind;
  readonly amount: string;
  readonly currency: string | null;
  readonly amountUsd: string | null;
  readonly txHashes: readonly string[];
  readonly externalId: string | null;
  readonly occurredAt: string;
  readonly timeSource: TimeSource;
}

interface TransactionLinesProps {
  readonly transactions: readonly Transaction[];
  readonly clock: Clock;
}

const SHOWN_HASHES = 20;
/** Sixty digits are an amount too. */
const WRAPPING = 'whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block';

/** Transactions of money in brief, each with what proves it. */
export function TransactionLines({ transactions, clock }: TransactionLinesProps): ReactElement {
  const t = useTranslations('invoices.detail');
  if (transactions.length === 0) return <p className="text-muted text-sm">{t('moneyEmpty')}</p>;
  return (
    <ul className="grid gap-3">
      {transactions.map((transaction) => (
        <Line clock={clock} key={transaction.id} transaction={transaction} />
      ))}
    </ul>
  );
}

function Line({ transaction, clock }: { readonly transaction: Transaction; readonly clock: Clock }): ReactElement {
  const t = useTranslations('invoices.detail');
  const { kind, amount, amountUsd, currency, txHashes, externalId, occurredAt, timeSource } = transaction;
  return (
    <li className="text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <KindBadge kind={kind} />
        <span className="text-end">
          <Money
            amount={amount}
            className={`font-medium ${WRAPPING}`}
            currency={currency && visible(clip(currency, 24))}
          />
          {amountUsd ? <Money amount={amountUsd} className={`ms-2 text-muted ${WRAPPING}`} currency="USD" /> : null}
        </span>
      </div>
      <p className="mt-1 text-muted text-xs">
        <Time at={occurredAt} now={clock.now} show="absolute" zone={clock.zone} />
        {' · '}
        <span className={timeSource === 'provider_ahead' ? 'text-attention' : undefined}>
          {t(TIME_SOURCE_WORDS[timeSource])}
        </span>
      </p>
      {externalId ? (
        <p className="mt-1 text-muted text-xs">
          {t('externalId')} <UntrustedText className="break-all" most={80} text={externalId} />
        </p>
      ) : null}
      {txHashes.length > 0 ? (
        <ul aria-label={t('hashes')} className="mt-1 grid text-muted text-xs">
          {txHashes.slice(0, SHOWN_HASHES).map((hash) => (
            <li key={hash}>
              <TxHash currency={currency} hash={hash} keep={10} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
