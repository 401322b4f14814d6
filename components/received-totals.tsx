import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Money } from './ui/money';

interface ReceivedTotalsProps {
  /** Null: too much to add up while somebody waits. */
  readonly totals: readonly { readonly currency: string | null; readonly amount: string }[] | null;
}

/** A line per currency: two never stand in one sum. */
export function ReceivedTotals({ totals }: ReceivedTotalsProps): ReactElement | null {
  const t = useTranslations('invoices.list');
  if (totals === null || totals.length === 0) return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-sm" title={t('receivedNote')}>
      <span className="text-muted">{t('receivedLabel')}</span>
      {totals.map(({ currency, amount }) => (
        <Money
          amount={amount}
          className="whitespace-normal! font-medium [overflow-wrap:anywhere] [&>span]:inline-block"
          currency={currency}
          key={currency ?? ''}
        />
      ))}
    </p>
  );
}
