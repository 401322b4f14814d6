import type { ReactElement } from 'react';
import { clip, visible } from '@/lib/visible';
import { CopyHandle } from './copy-handle';
import { Money } from './ui/money';

interface ListAmountProps {
  readonly amount: string | null;
  readonly currency: string | null;
}

/** So much fits one line of a list; eighteen decimals must not push the page sideways. */
const ONE_LINE = 22;
const WRAPPED = 'max-w-40 xl:max-w-52 whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block';

/** An amount of a list; what it copies has every digit. */
export function ListAmount({ amount, currency }: ListAmountProps): ReactElement {
  const unit = currency && visible(clip(currency, 16));
  const long = (amount ?? '').length + (unit ?? '').length > ONE_LINE;
  return (
    <span className="relative inline-block">
      {amount ? (
        <span className="absolute end-full top-1/2 me-0.5 -translate-y-1/2">
          <CopyHandle quiet value={amount} />
        </span>
      ) : null}
      <Money
        amount={amount}
        className={`inline-block font-medium ${long ? WRAPPED : 'max-md:whitespace-normal!'}`}
        currency={unit}
      />
    </span>
  );
}
