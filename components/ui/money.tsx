import { useLocale } from 'next-intl';
import type { ReactElement } from 'react';
import { clip, visible } from '@/lib/visible';
import { groupDigits, trimZeros } from './digits';

interface MoneyProps {
  /** A decimal as text; null: not known. */
  readonly amount: string | null;
  readonly currency: string | null;
  /** Shown for an unknown amount. */
  readonly none?: string;
  readonly className?: string;
}

/** A currency is text that a stranger wrote: at most so much of it, and none of it can turn the digits before it around. */
const LONGEST_CURRENCY = 40;

/** Trailing zeros trimmed and thousands grouped, as the reader's language writes them; as it was sent in the title. */
export function Money({ amount, currency, none = '—', className = '' }: MoneyProps): ReactElement {
  const locale = useLocale();
  if (amount === null) return <span className={`text-muted ${className}`}>{none}</span>;
  const unit = currency && visible(clip(currency, LONGEST_CURRENCY));
  const full = unit ? `${amount} ${unit}` : amount;
  return (
    <span className={`whitespace-nowrap tabular-nums ${className}`} title={full}>
      {groupDigits(trimZeros(amount), locale)}
      {unit ? <span className="ms-1 font-normal text-muted">{unit}</span> : null}
    </span>
  );
}
