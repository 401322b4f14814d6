import type { DeliveryStatus } from '@/lib/deliveries/status';
import type { InvoiceStatus } from '@/lib/invoices/status';
import type { Decimal, Event, Grade, Instant, Item, Signer } from '@/lib/providers/provider';
import type { Known, Registers } from './registers';

/**
 * What is believed of one invoice: the merge of all events that were accepted, kept in its row, so that a write never
 * reads the history. People's data is kept apart (`people`), because it is encrypted at rest.
 */
export interface State {
  readonly bookkeeping: Event['bookkeeping'];
  readonly providerInvoiceId: string;
  readonly signer: Signer;
  readonly verified: Grade;
  /** The best status said by messages that carry no money; those of money stand with their transfer. */
  readonly status: StatusClaim;
  readonly orderId: Known<string> | null;
  /** Null: no body has said. */
  readonly isTest: boolean | null;
  readonly currency: Known<string> | null;
  readonly createdAt: Known<Instant> | null;
  readonly facts: Registers;
  readonly people: Registers;
  /** What was asked for before anything was paid. */
  readonly quote: Quote | null;
  readonly transfers: readonly Transfer[];
  readonly payments: readonly Payment[];
  /** When a message without any payment first said the whole session is void. */
  readonly voidedAt: Instant | null;
  /** What was given back of all payments together. */
  readonly refunds: readonly Refund[];
  /** The day on which staff says that the cash of the parcel arrived. */
  readonly cashReceivedAt: Instant | null;
  readonly delivery: DeliveryState | null;
  readonly firstReceivedAt: Instant;
  /** Why a person should look, as codes. Not part of what is believed. */
  readonly attention: readonly string[];
}

export type StatusClaim = Event['status'];

export interface Quote {
  readonly amount: Known<Decimal> | null;
  readonly amountUsd: Known<Decimal> | null;
  readonly amounts: Registers;
}

/** Crypto money under one set of hashes; the amount is the running total of that set. */
export interface Transfer {
  /** Each in the spelling that came first, in the order of their keys; empty where the message had none. */
  readonly hashes: readonly string[];
  readonly amount: Decimal;
  readonly status: StatusClaim;
  readonly amountUsd: Known<Decimal> | null;
  readonly occurredAt: Known<Instant> | null;
  /** Which of its times lay ahead of their receipt, where there are any. */
  readonly ahead?: readonly Instant[];
  readonly amounts: Registers;
  readonly receivedAt: Instant;
  /** True for the message without hashes that came before any with hashes: what was known first. */
  readonly first: boolean;
}

/** One card payment of a session, with what each stage said of it. */
export interface Payment {
  /** In the spelling that came first; empty where the provider sent none. */
  readonly externalId: string;
  readonly stages: Readonly<Partial<Record<InvoiceStatus, Stage>>>;
  readonly items: Known<readonly Item[]> | null;
  /** Card, RRN and the like of this payment. */
  readonly details: Registers;
  readonly refunds: readonly Refund[];
}

/** A total given back so far, and when it was first said. */
export interface Refund {
  readonly total: Decimal;
  readonly at: Instant;
}

export interface Stage {
  /** Null: said, but without money. */
  readonly amount: Decimal | null;
  readonly receivedAt: Instant;
}

export interface DeliveryState {
  readonly waybills: readonly string[];
  readonly failureReasons: readonly string[];
  readonly carrier: Carrier | null;
}

/** The last words of the carrier, by time of receipt. A parcel that was received is not on its way again. */
export interface Carrier {
  readonly received: CarrierWord | null;
  readonly refused: CarrierWord | null;
  /** Any other word. */
  readonly other: CarrierWord | null;
  /** When the cash that was collected was first said to be paid out. */
  readonly paidOutAt: Instant | null;
}

export interface CarrierWord {
  readonly code: string | null;
  readonly text: string | null;
  readonly status: DeliveryStatus;
  readonly at: Instant;
}

/** One authentic postback, as the fold takes it in. */
export interface Receipt {
  readonly event: Event;
  readonly grade: Grade;
  readonly signer: Signer;
  readonly receivedAt: Instant;
}

export const CONTRADICTIONS = [
  'same_token',
  'other_amount',
  'other_currency',
  'other_order',
  'test_and_real',
  'overlapping_transfers',
  'transfer_without_hash',
  'too_many_transfers',
  'refund_exceeds_payment',
  'fact_differs',
] as const;
export type ContradictionReason = (typeof CONTRADICTIONS)[number];

/** A second transfer that may be the first one once more: booked, and asked about. */
export const SECOND_TRANSFER = 'retry_or_second_transfer';

export interface Merged {
  readonly state: State;
  readonly result: 'new' | 'nothing_new' | 'contradiction';
  /** True: something else is believed than before, whatever the result is called. */
  readonly changed: boolean;
  readonly reason: ContradictionReason | typeof SECOND_TRANSFER | null;
  /** The field it is about. */
  readonly field: string | null;
}

/** A state as some version of the fold wrote it, with what that version did not know. */
export function readState(stored: unknown): State {
  // Ours: what the fold wrote comes back.
  const state = stored as State;
  const { delivery } = state;
  return {
    ...state,
    payments: (state.payments ?? []).map((payment) => ({ ...payment, refunds: payment.refunds ?? [] })),
    refunds: state.refunds ?? [],
    cashReceivedAt: state.cashReceivedAt ?? null,
    delivery: delivery ? { ...delivery, carrier: readCarrier(delivery.carrier, state.firstReceivedAt) } : null,
  };
}

/** Version 0.1 kept one word without its time. */
function readCarrier(stored: Carrier | Omit<CarrierWord, 'at'> | null, at: Instant): Carrier | null {
  if (stored === null || !('status' in stored)) return stored;
  const word: CarrierWord = { ...stored, at };
  const none: Carrier = { received: null, refused: null, other: null, paidOutAt: null };
  if (word.status === 'received') return { ...none, received: word, paidOutAt: saysPaidOut(word) ? at : null };
  return word.status === 'refused' ? { ...none, refused: word } : { ...none, other: word };
}

/** Version 0.1 kept the carrier's code of a payout and did not say what it means. */
export function saysPaidOut({ code, status }: Pick<CarrierWord, 'code' | 'status'>): boolean {
  return status === 'received' && code === '11';
}
