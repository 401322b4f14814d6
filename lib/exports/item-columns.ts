import { itemSum } from '@/lib/invoices/items';
import type { Item } from '@/lib/providers/provider';
import { amount, type Column, figure, orderText, text, time } from './column';
import { instantOf } from './instants';
import { StoredState } from './stored-state';
import type { Zoned } from './transaction-columns';
import { testWord } from './transaction-record';

/** As `itemScan` reads it. */
export interface ItemsRow {
  readonly at: string;
  readonly id: string;
  readonly provider: string;
  readonly project: string;
  readonly provider_invoice_id: string;
  readonly signer: string;
  readonly order_id: string | null;
  readonly status: string;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly paid_at: string | null;
  readonly currency: string | null;
  readonly state: string;
}

export interface ItemRow {
  readonly row: ItemsRow;
  readonly externalId: string | null;
  readonly item: Item;
  readonly place: number;
}

export function toItemRows(row: ItemsRow): readonly ItemRow[] {
  const items = new StoredState(row.state)
    .payments()
    .flatMap(({ externalId, items: known }) =>
      (known?.v ?? []).map((item) => ({ externalId: externalId || null, item })),
    );
  return items.map((item, index) => ({ ...item, row, place: index + 1 }));
}

/** A row per item of an invoice, of whatever status; none is money. */
export function itemColumns({ zone, clock }: Zoned): readonly Column<ItemRow>[] {
  return [
    text('row_id', ({ row, place }) => {
      return `${row.provider}-${row.provider_invoice_id}-item-${place}${row.signer === 'test' ? '-test' : ''}`;
    }),
    text('provider', ({ row }) => row.provider),
    text('project', ({ row }) => row.project),
    orderText('order_id', ({ row, externalId }) => externalId ?? row.order_id),
    text('invoice_id', ({ row }) => row.provider_invoice_id),
    text('status', ({ row }) => row.status),
    time('created_at_utc', ({ row }) => instantOf(row.at)),
    time('created_at_local', ({ row }) => clock(instantOf(row.at))),
    text('timezone', () => zone),
    time('paid_at_utc', ({ row }) => (row.paid_at === null ? null : instantOf(row.paid_at))),
    text('description', ({ item }) => item.description),
    figure('count', ({ item }) => item.count),
    figure('price', ({ item }) => item.price),
    text('currency', ({ row }) => row.currency),
    amount(
      'sum',
      ({ item }) => itemSum(item),
      ({ row }) => row.currency,
    ),
    text('is_test', ({ row }) => testWord(row)),
  ];
}
