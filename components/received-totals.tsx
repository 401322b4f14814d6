import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { isCoin } from '@/lib/units';
import { Money } from './ui/money';

interface Total {
  readonly unit: string | null;
  readonly amount: string;
}

interface ReceivedTotalsProps {
  /** Null: too much to add up while somebody waits. */
  readonly totals: readonly Total[] | null;
}

/** A figure per unit: two never stand in one sum, and a coin's is only what has no value in dollars. */
export function ReceivedTotals({ totals }: ReceivedTotalsProps): ReactElement | null {
  const t = useTranslations('invoices.list');
  if (totals === null || totals.length === 0) return null;
  const coins = totals.filter(({ unit }) => isCoin(unit));
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-sm" title={t('receivedNote')}>
      <span className="text-muted">{t('receivedLabel')}</span>
      {totals.filter(({ unit }) => !isCoin(unit)).map(figure)}
      {coins.length > 0 ? <span className="text-muted text-xs">{t('withoutUsd')}</span> : null}
      {coins.map(figure)}
    </p>
  );
}

function figure({ unit, amount }: Total): ReactElement {
  return (
    <Money
      amount={amount}
      className="whitespace-normal! font-medium [overflow-wrap:anywhere] [&>span]:inline-block"
      currency={unit}
      key={unit ?? ''}
    />
  );
}
