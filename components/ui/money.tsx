import type { ReactElement } from 'react';
import { groupDigits, trimZeros } from './digits';

interface MoneyProps {
  /** A decimal as text; null: not known. */
  readonly amount: string | null;
  readonly currency: string | null;
  /** Shown for an unknown amount. */
  readonly none?: string;
  readonly className?: string;
}

/** Trailing zeros trimmed and thousands grouped; every digit as it was sent in the title. */
export function Money({ amount, currency, none = '—', className = '' }: MoneyProps): ReactElement {
  if (amount === null) return <span className={`text-muted ${className}`}>{none}</span>;
  const full = currency ? `${amount} ${currency}` : amount;
  return (
    <span className={`whitespace-nowrap tabular-nums ${className}`} title={full}>
      {groupDigits(trimZeros(amount))}
      {currency ? <span className="ms-1 font-normal text-muted">{currency}</span> : null}
    </span>
  );
}
