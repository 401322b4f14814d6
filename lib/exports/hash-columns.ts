import { amount, type Column, orderText, text, time } from './column';
import type { Zoned } from './transaction-columns';
import type { TransactionFileRow } from './transaction-record';
import { factOf, networkOfTransaction, orderOf, type TransactionRecord, testWord } from './transaction-record';

/** One hash of a transaction, or a transaction without any. */
export interface HashRow {
  readonly transaction: TransactionRecord;
  readonly hash: string | null;
  /** From 1. The amounts of the transaction stand in its first row alone, so that they can be summed. */
  readonly place: number;
}

export function toHashRows(transaction: TransactionRecord): readonly HashRow[] {
  const hashes = transaction.row.hashes.split(' ').filter(Boolean);
  if (hashes.length === 0) return [{ transaction, hash: null, place: 1 }];
  return hashes.map((hash, index) => ({ transaction, hash, place: index + 1 }));
}

const first =
  (get: (row: TransactionFileRow) => string | null) =>
  ({ transaction, place }: HashRow): string | null =>
    place === 1 ? get(transaction.row) : null;

/** Transactions: a row per hash, card payment or refund. */
export function hashColumns({ zone, clock }: Zoned): readonly Column<HashRow>[] {
  return [
    text('row_id', ({ transaction, place }) => `${transaction.rowId}-${place}`),
    text('movement_id', ({ transaction }) => transaction.rowId),
    text('kind', ({ transaction }) => transaction.row.kind),
    text('provider', ({ transaction }) => transaction.row.provider),
    text('project', ({ transaction }) => transaction.row.project),
    orderText('order_id', ({ transaction }) => orderOf(transaction)),
    text('invoice_id', ({ transaction }) => transaction.row.provider_invoice_id),
    orderText('external_id', ({ transaction }) => transaction.row.external_id),
    text('status', ({ transaction }) => transaction.row.status),
    time('paid_at_utc', ({ transaction }) => transaction.occurredAt),
    time('paid_at_local', ({ transaction }) => clock(transaction.occurredAt)),
    text('timezone', () => zone),
    text('time_source', ({ transaction }) => transaction.row.time_source),
    text('network', ({ transaction }) => networkOfTransaction(transaction)),
    text('address', ({ transaction }) => factOf(transaction, 'address')),
    text('tx_hash', ({ hash }) => hash),
    text('currency', ({ transaction }) => transaction.row.currency),
    amount(
      'amount',
      first((row) => row.amount),
      ({ transaction }) => transaction.row.currency,
    ),
    amount(
      'amount_usd',
      first((row) => row.amount_usd),
      () => 'USD',
    ),
    { ...text('customer_name', ({ transaction }: HashRow) => transaction.person.client_name ?? null), people: true },
    text('is_test', ({ transaction }) => testWord(transaction.row)),
    text('verified', ({ transaction }) => transaction.state.verified()),
  ];
}
