import { nest } from '@/lib/fold/nesting';
import type { State, Transfer } from '@/lib/fold/state';
import { toTransactions } from '@/lib/fold/transactions';
import { believed } from '@/lib/fold/transfers';
import { compare, subtract } from '@/lib/money';
import type { Decimal, Instant, Item } from '@/lib/providers/provider';
import type { TransactionKind } from '@/lib/transactions/status';
import type { StoredState } from './stored-state';

/** What tells one transaction of an invoice from its others. */
export interface TransactionKey {
  readonly kind: TransactionKind;
  /** Joined by a space, as they are stored. */
  readonly hashes: string;
  readonly externalId: string | null;
  readonly occurredAt: Instant;
  readonly amount: Decimal;
}

/** What the merged state knows of one transaction beyond its row. */
export interface TransactionFacts {
  /** One of the further amounts, of this transaction alone: a top-up's are what it added. Null: not known. */
  readonly amount: (name: string) => Decimal | null;
  readonly items: readonly Item[];
  /** When the message that told of it came; null: the state does not say. */
  readonly receivedAt: Instant | null;
  /** Which of its kind it is among the transactions of its invoice, oldest first. */
  readonly number: number;
}

const UNKNOWN: TransactionFacts = { amount: () => null, items: [], receivedAt: null, number: 1 };

export function transactionFacts(state: StoredState, key: TransactionKey): TransactionFacts {
  if (!state.isCrypto()) return ofPayments(state, key);
  const only = state.onlyTransfer();
  if (only === null) return ofTransfers(state.whole(), key);
  return { amount: (name) => only.amounts[name] ?? null, items: [], receivedAt: only.receivedAt, number: 1 };
}

function ofTransfers(state: Partial<State>, key: TransactionKey): TransactionFacts {
  const counted = believed(state.transfers ?? []);
  const { parts } = nest(counted);
  const found = counted.find((transfer) => ownHashes(transfer, parts.get(transfer) ?? []) === key.hashes);
  if (!found) return UNKNOWN;
  return {
    amount: (name) => addedAmount(found, parts.get(found) ?? [], name),
    items: [],
    receivedAt: found.receivedAt,
    number: numberOf(state, key),
  };
}

/** The hashes that the sets inside it do not have. */
function ownHashes(transfer: Transfer, parts: readonly Transfer[]): string {
  const inside = new Set(parts.flatMap((part) => part.hashes));
  return transfer.hashes.filter((hash) => !inside.has(hash)).join(' ');
}

/** Amounts are running totals of a set of hashes, as the amount itself is. */
function addedAmount(transfer: Transfer, parts: readonly Transfer[], name: string): Decimal | null {
  let rest = transfer.amounts[name]?.v ?? null;
  for (const part of parts) {
    const known = part.amounts[name]?.v ?? null;
    rest = rest === null || known === null ? null : subtract(rest, known);
  }
  return rest;
}

function ofPayments(state: StoredState, key: TransactionKey): TransactionFacts {
  const payments = state.payments();
  if (payments.length === 0) return UNKNOWN;
  const payment = payments.find(({ externalId }) => externalId === (key.externalId ?? ''));
  if (!payment) return { ...UNKNOWN, number: numberOf(state.whole(), key) };
  const isOnly = payments.length === 1 && key.kind !== 'refund';
  const number = isOnly ? 1 : numberOf(state.whole(), key);
  return { ...UNKNOWN, items: payment.items?.v ?? [], number };
}

/** A whole state: what has several transfers or payments was written by the fold. */
function numberOf(state: Partial<State>, key: TransactionKey): number {
  const alike = toTransactions(state as State).filter((row) => row.kind === key.kind);
  const place = alike.findIndex(
    (row) =>
      row.txHashes.join(' ') === key.hashes &&
      row.externalId === key.externalId &&
      // One payment may be given back in several parts.
      (key.kind !== 'refund' || (row.occurredAt === key.occurredAt && compare(row.amount, key.amount) === 0)),
  );
  return Math.max(place, 0) + 1;
}
