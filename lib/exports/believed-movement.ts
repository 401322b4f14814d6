import { movements } from '@/lib/fold/movements';
import { nest } from '@/lib/fold/nesting';
import type { Payment, State, Transfer } from '@/lib/fold/state';
import { believed } from '@/lib/fold/transfers';
import { subtract } from '@/lib/money';
import type { Decimal, Instant, Item } from '@/lib/providers/provider';
import type { TransactionKind } from '@/lib/transactions/status';

/** What tells one movement of an invoice from its others. */
export interface MovementKey {
  readonly kind: TransactionKind;
  /** Joined by a space, as they are stored. */
  readonly hashes: string;
  readonly externalId: string | null;
}

/** What the merged state knows of one movement beyond its row. */
export interface BelievedMovement {
  /** One of the further amounts, of this movement alone: a top-up's are what it added. Null: not known. */
  readonly amount: (name: string) => Decimal | null;
  readonly items: readonly Item[];
  /** When the message that told of it came; null: the state does not know this movement. */
  readonly receivedAt: Instant | null;
  /** Which of its kind it is among the movements of its invoice, oldest first. */
  readonly number: number;
}

const UNKNOWN: BelievedMovement = { amount: () => null, items: [], receivedAt: null, number: 1 };

export function believedMovement(state: Partial<State>, key: MovementKey): BelievedMovement {
  return state.bookkeeping === 'transfers' ? ofTransfers(state, key) : ofPayments(state, key);
}

function ofTransfers(state: Partial<State>, key: MovementKey): BelievedMovement {
  const counted = believed(state.transfers ?? []);
  const [only] = counted;
  if (!only) return UNKNOWN;
  if (counted.length === 1) return ofTransfer(only, [], 1);
  const { parts } = nest(counted);
  const found = counted.find((transfer) => ownHashes(transfer, parts.get(transfer) ?? []) === key.hashes);
  return found ? ofTransfer(found, parts.get(found) ?? [], numberOf(state, key)) : UNKNOWN;
}

function ofTransfer(transfer: Transfer, parts: readonly Transfer[], number: number): BelievedMovement {
  return { amount: (name) => addedAmount(transfer, parts, name), items: [], receivedAt: transfer.receivedAt, number };
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

function ofPayments(state: Partial<State>, key: MovementKey): BelievedMovement {
  const payments: readonly Payment[] = state.payments ?? [];
  const payment = payments.find(({ externalId }) => externalId === (key.externalId ?? ''));
  if (!payment) return UNKNOWN;
  return {
    amount: () => null,
    items: payment.items?.v ?? [],
    receivedAt: null,
    number: payments.length > 1 ? numberOf(state, key) : 1,
  };
}

/** A whole state: what has several transfers or payments was written by the fold. */
function numberOf(state: Partial<State>, { kind, hashes, externalId }: MovementKey): number {
  const alike = movements(state as State).filter((row) => row.kind === kind);
  const place = alike.findIndex((row) => row.txHashes.join(' ') === hashes && row.externalId === externalId);
  return Math.max(place, 0) + 1;
}
