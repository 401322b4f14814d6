import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { Card } from '@/components/ui/card';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import { Cell, HeadCell, Row, Table, TableHead } from '@/components/ui/table';
import { checkItems, itemSum } from '@/lib/invoices/items';
import type { Item } from '@/lib/providers/provider';

interface ItemsCardProps {
  readonly items: readonly Item[];
  readonly amount: string | null;
  readonly currency: string | null;
}

const SHOWN = 200;

/** What was bought, and whether it adds up. Pictures are never loaded. */
export function ItemsCard({ items, amount, currency }: ItemsCardProps): ReactElement {
  const t = useTranslations('invoices.detail');
  const check = checkItems(items, amount);
  const placed = items.slice(0, SHOWN).map((item, place) => ({ item, place }));
  return (
    <Card note={check.result === 'agree' ? t('itemsAgree') : undefined} padded={false} title={t('items')}>
      {check.result === 'differ' ? (
        <div className="p-3">
          <Notice tone="attention">{t('itemsDiffer', { sum: check.sum, amount: amount ?? '' })}</Notice>
        </div>
      ) : null}
      <Table label={t('items')}>
        <TableHead>
          <HeadCell>{t('item')}</HeadCell>
          <HeadCell align="end">{t('count')}</HeadCell>
          <HeadCell align="end">{t('price')}</HeadCell>
          <HeadCell align="end">{t('sum')}</HeadCell>
        </TableHead>
        <tbody>
          {placed.map(({ item, place }) => (
            <Row key={place}>
              <Cell className="whitespace-normal! min-w-20 py-2 [overflow-wrap:anywhere]">
                <Foreign most={200} text={item.description} />
              </Cell>
              <Cell align="end">{item.count}</Cell>
              <Cell align="end">
                <Money amount={item.price} currency={null} />
              </Cell>
              <Cell align="end">
                <Money amount={itemSum(item)} currency={currency} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
