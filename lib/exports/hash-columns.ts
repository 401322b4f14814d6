import { amount, type Column, orderText, text, time } from './column';
import type { MovementRow } from './movement';
import { factOf, type Movement, networkOfMovement, orderOf, testWord } from './movement';
import type { Zoned } from './movement-columns';

/** One hash of a movement, or a movement without any. */
export interface HashRow {
  readonly movement: Movement;
  readonly hash: string | null;
  /** From 1. The amounts of the movement stand in its first row alone, so that they can be summed. */
  readonly place: number;
}

export function toHashRows(movement: Movement): readonly HashRow[] {
  const hashes = movement.row.hashes.split(' ').filter(Boolean);
  if (hashes.length === 0) return [{ movement, hash: null, place: 1 }];
  return hashes.map((hash, index) => ({ movement, hash, place: index + 1 }));
}

const first =
  (get: (row: MovementRow) => string | null) =>
  ({ movement, place }: HashRow): string | null =>
    place === 1 ? get(movement.row) : null;

/** Transactions: a row per hash, card payment or refund. */
export function hashColumns({ zone, clock }: Zoned): readonly Column<HashRow>[] {
  return [
    text('row_id', ({ movement, place }) => `${movement.rowId}-${place}`),
    text('movement_id', ({ movement }) => movement.rowId),
    text('kind', ({ movement }) => movement.row.kind),
    text('provider', ({ movement }) => movement.row.provider),
    text('project', ({ movement }) => movement.row.project),
    orderText('order_id', ({ movement }) => orderOf(movement)),
    text('invoice_id', ({ movement }) => movement.row.provider_invoice_id),
    orderText('external_id', ({ movement }) => movement.row.external_id),
    text('status', ({ movement }) => movement.row.status),
    time('paid_at_utc', ({ movement }) => movement.occurredAt),
    time('paid_at_local', ({ movement }) => clock(movement.occurredAt)),
    text('timezone', () => zone),
    text('time_source', ({ movement }) => movement.row.time_source),
    text('network', ({ movement }) => networkOfMovement(movement)),
    text('address', ({ movement }) => factOf(movement, 'address')),
    text('tx_hash', ({ hash }) => hash),
    text('currency', ({ movement }) => movement.row.currency),
    amount(
      'amount',
      first((row) => row.amount),
      ({ movement }) => movement.row.currency,
    ),
    amount(
      'amount_usd',
      first((row) => row.amount_usd),
      () => 'USD',
    ),
    { ...text('customer_name', ({ movement }: HashRow) => movement.person.client_name ?? null), people: true },
    text('is_test', ({ movement }) => testWord(movement.row)),
    text('verified', ({ movement }) => movement.state.verified()),
  ];
}
