import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table';
import { UntrustedText } from '@/components/untrusted-text';
import { checkItems, type ItemsCheck, itemSum } from '@/lib/invoices/items';
import { negate } from '@/lib/money';
import type { Item } from '@/lib/providers/provider';
import { clip, visible } from '@/lib/visible';
import { amountWords, digitsClass } from './amount-words';

interface ItemsCardProps {
  readonly items: readonly Item[];
  readonly amount: string | null;
  readonly currency: string | null;
  /** Whether all are wanted, or the first few. */
  readonly all: boolean;
  readonly here: string;
}

const FIRST = 8;
const MOST = 200;
/** On a phone count and price stand under the item. */
const WIDE = 'max-sm:hidden';

/** What was bought, and whether it adds up. Pictures are never loaded. */
export function ItemsCard({ items, amount, currency, all, here }: ItemsCardProps): ReactElement {
  const t = useTranslations();
  const check = checkItems(items, amount);
  const foldable = items.length > FIRST + 2;
  const placed = items.slice(0, foldable && !all ? FIRST : MOST).map((item, place) => ({ item, place }));
  return (
    <Card
      actions={
        foldable ? (
          <Link className="text-link text-xs" href={all ? `${here}#items` : `${here}?items=all#items`} scroll={false}>
            {all ? t('invoicePage.items.showFewer') : t('invoicePage.items.showAll', { count: items.length })}
          </Link>
        ) : undefined
      }
      id="items"
      note={noteOf(t, check)}
      padded={false}
      title={`${t('invoices.detail.items')} · ${t('invoicePage.items.count', { count: items.length })}`}
    >
      <Difference amount={amount} check={check} currency={currency} />
      <Table label={t('invoices.detail.items')}>
        <TableHead>
          <HeadCell>{t('invoices.detail.item')}</HeadCell>
          <HeadCell align="end" className={WIDE}>
            {t('invoices.detail.count')}
          </HeadCell>
          <HeadCell align="end" className={WIDE}>
            {t('invoices.detail.price')}
          </HeadCell>
          <HeadCell align="end">{t('invoices.detail.sum')}</HeadCell>
        </TableHead>
        <tbody>
          {placed.map(({ item, place }) => (
            <ItemRow currency={currency} item={item} key={place} />
          ))}
        </tbody>
        {check.result === 'unknown' ? null : <TotalRow currency={currency} sum={check.sum} />}
      </Table>
      {items.length > MOST && all ? (
        <p className="border-line-soft border-t px-4 py-2.5 text-muted text-xs">
          {t('invoicePage.items.beyond', { count: items.length - MOST })}
        </p>
      ) : null}
    </Card>
  );
}

function noteOf(t: ReturnType<typeof useTranslations>, { result }: ItemsCheck): string | undefined {
  if (result === 'agree') return t('invoices.detail.itemsAgree');
  return result === 'unknown' ? t('invoicePage.items.unknown') : undefined;
}

interface DifferenceProps extends Pick<ItemsCardProps, 'amount' | 'currency'> {
  readonly check: ItemsCheck;
}

function Difference({ check, amount, currency }: DifferenceProps): ReactElement | null {
  const t = useTranslations('invoicePage.items');
  const locale = useLocale();
  if (check.result !== 'differ' || amount === null) return null;
  const less = check.by.startsWith('-');
  const by = amountWords(less ? negate(check.by) : check.by, currency, locale);
  return (
    <div className="p-3">
      <Notice tone="attention">
        {t(less ? 'less' : 'more', {
          by,
          sum: amountWords(check.sum, currency, locale),
          amount: amountWords(amount, currency, locale),
        })}
      </Notice>
    </div>
  );
}

function ItemRow({ item, currency }: { readonly item: Item; readonly currency: string | null }): ReactElement {
  const made = itemSum(item);
  return (
    <Row>
      <Cell className="whitespace-normal! min-w-28 py-2 [overflow-wrap:anywhere]">
        <UntrustedText most={200} text={item.description} />
        <span className="mt-0.5 block text-muted text-xs sm:hidden">
          <Money amount={item.count} className={digitsClass(item.count)} currency={null} /> ×{' '}
          <Money amount={item.price} className={digitsClass(item.price)} currency={null} />
        </span>
      </Cell>
      <Cell align="end" className={WIDE}>
        <Money amount={item.count} className={digitsClass(item.count)} currency={null} />
      </Cell>
      <Cell align="end" className={WIDE}>
        <Money amount={item.price} className={digitsClass(item.price)} currency={null} />
      </Cell>
      <Cell align="end">
        <Money amount={made} className={digitsClass(made)} currency={currency && visible(clip(currency, 24))} />
      </Cell>
    </Row>
  );
}

function TotalRow({ sum, currency }: { readonly sum: string; readonly currency: string | null }): ReactElement {
  const t = useTranslations('invoicePage.items');
  return (
    <tfoot>
      <tr>
        <th className="border-line border-t px-4 py-2.5 text-start font-normal text-muted" scope="row">
          {t('total')}
        </th>
        <td className={`border-line border-t ${WIDE}`} colSpan={2} />
        <td className="border-line border-t px-4 py-2.5 text-end font-medium">
          <Money amount={sum} className={digitsClass(sum)} currency={currency && visible(clip(currency, 24))} />
        </td>
      </tr>
    </tfoot>
  );
}
