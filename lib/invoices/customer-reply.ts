import { add, negate } from '@/lib/money';
import type { Decimal, Instant } from '@/lib/providers/provider';
import type { TransactionKind } from '@/lib/transactions/status';
import type { Concern } from './attention';
import { type CashOnDelivery, INVOICE_STATUSES, type InvoiceStatus } from './status';

/** What may be told to whoever asks: nothing but order, amounts, status and waybill. */
export interface ToldCustomer {
  readonly sentence: ReplySentence;
  readonly order: string | null;
  readonly amount: Decimal | null;
  readonly currency: string | null;
  /** What is still to be paid. */
  readonly missing: Decimal | null;
  /** Until when it can be paid; null: the provider has not said, or the time is over. */
  readonly payUntil: Instant | null;
  /** What was given back while the payment itself stands. */
  readonly refunded: Decimal | null;
  readonly parcel: { readonly sentence: ParcelSentence; readonly waybills: readonly string[] } | null;
}

/** Why nothing is told yet; `open_question`: a person has to look first, for a reason that the page names. */
export type Withheld =
  | 'test'
  | 'contradiction'
  | 'unreadable'
  | 'amounts_disagree'
  | 'unknown_status'
  | 'hold_lapsed'
  | 'open_question';

export type CustomerReply =
  | { readonly withheld: Withheld; readonly told: null }
  | { readonly withheld: null; readonly told: ToldCustomer };

export type ReplySentence =
  | Exclude<InvoiceStatus, 'unknown'>
  | 'partial_unknown'
  /** Cash on delivery: to be paid, with the courier, or never. What was paid out to us is an arrived payment. */
  | 'cash'
  | 'cash_collected'
  | 'cash_refused'
  /** Void without a payment that is known: a hold, or the only message of its session. */
  | 'voided_unpaid'
  | 'voided_cash';

export type ParcelSentence = 'none' | 'made' | 'moving' | 'ready' | 'received';

interface Invoice {
  readonly status: string;
  readonly orderId: string | null;
  readonly amount: Decimal | null;
  readonly currency: string | null;
  readonly isTest: boolean;
  readonly attention: readonly string[];
}

interface Parcel {
  readonly status: string;
  readonly waybills: readonly string[];
}

interface Transaction {
  readonly kind: TransactionKind;
  readonly amount: Decimal;
}

export interface ReplyFacts {
  readonly invoice: Invoice;
  readonly transactions: readonly Transaction[];
  readonly delivery: Parcel | null;
  readonly concerns: readonly Concern[];
  readonly method: string | null;
  /** Where the cash of the parcel is; null where none is due. */
  readonly cash: CashOnDelivery | null;
  /** What was asked for, where one amount was. */
  readonly due: Decimal | null;
  readonly expiresAt: Instant | null;
}

const PARCEL: Readonly<Partial<Record<string, ParcelSentence>>> = {
  none: 'none',
  waybill_failed: 'none',
  waybill_created: 'made',
  awaiting_handover: 'made',
  packing: 'made',
  in_transit: 'moving',
  delivery_attempt_failed: 'moving',
  ready_for_pickup: 'ready',
  received: 'received',
};

const TOLD_STATUSES: readonly string[] = INVOICE_STATUSES.filter((status) => status !== 'unknown');

/** What the postbacks left open; a code that is not here is an open question, so that a new one promises nothing. */
const WITHHELD: Readonly<Partial<Record<string, Withheld | 'told anyway'>>> = {
  contradiction: 'contradiction',
  unreadable_field: 'unreadable',
  not_money: 'unreadable',
  amounts_disagree: 'amounts_disagree',
  unknown_status: 'unknown_status',
  failure_after_waybill: 'told anyway',
  time_ahead: 'told anyway',
};

/** A sentence is only offered where everything in it is certain. */
export function customerReply(facts: ReplyFacts, now: Instant): CustomerReply {
  const withheld = whyWithheld(facts);
  return withheld ? { withheld, told: null } : { withheld: null, told: tell(facts, now) };
}

function whyWithheld({ invoice: { isTest, status, attention }, concerns, due }: ReplyFacts): Withheld | null {
  if (isTest) return 'test';
  const open = attention.map((code) => WITHHELD[code] ?? 'open_question').find((reason) => reason !== 'told anyway');
  if (open) return open;
  if (!TOLD_STATUSES.includes(status)) return 'unknown_status';
  if (due !== null && concerns.some(isDisputed)) return 'amounts_disagree';
  return concerns.some((concern) => concern.code === 'on_hold' && concern.lapsed) ? 'hold_lapsed' : null;
}

/** The status says that less or more came than was asked for, and the amounts say otherwise. */
function isDisputed(concern: Concern): boolean {
  if (concern.code === 'partial') return concern.missing === null;
  return concern.code === 'overpaid' && concern.extra === null;
}

function tell(facts: ReplyFacts, now: Instant): ToldCustomer {
  const { invoice, concerns, delivery, transactions, expiresAt } = facts;
  const { status, orderId, amount, currency } = invoice;
  const missing = concerns.find((concern) => concern.code === 'partial')?.missing ?? null;
  const refunds = transactions.filter(({ kind }) => kind === 'refund').map((row) => row.amount);
  const sentence = sentenceOf(facts, missing, refunds.length > 0);
  const goesOut = status === 'paid' || status === 'overpaid' || status === 'on_hold';
  return {
    sentence,
    order: orderId,
    amount,
    currency,
    missing,
    payUntil: expiresAt !== null && expiresAt > now ? expiresAt : null,
    refunded: goesOut && refunds.length > 0 ? negate(refunds.reduce(add)) : null,
    // That the cash was collected says that the parcel was handed over.
    parcel: goesOut && sentence !== 'cash_collected' ? parcelOf(delivery) : null,
  };
}

const CASH = {
  expected: 'cash',
  collected: 'cash_collected',
  received: 'paid',
  refused: 'cash_refused',
} as const satisfies Record<CashOnDelivery, ReplySentence>;

function sentenceOf({ invoice, method, cash }: ReplyFacts, missing: Decimal | null, refunded: boolean): ReplySentence {
  const status = invoice.status as Exclude<InvoiceStatus, 'unknown'>;
  if (status === 'partial' && missing === null) return 'partial_unknown';
  if (status === 'voided' && !refunded) return method === 'cash_on_delivery' ? 'voided_cash' : 'voided_unpaid';
  return status === 'paid' && cash !== null ? CASH[cash] : status;
}

function parcelOf(delivery: Parcel | null): ToldCustomer['parcel'] {
  const sentence = delivery && PARCEL[delivery.status];
  return sentence ? { sentence, waybills: delivery.waybills } : null;
}
