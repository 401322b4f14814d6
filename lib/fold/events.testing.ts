import type { DeliveryStatus } from '@/lib/deliveries/status';
import type { InvoiceStatus } from '@/lib/invoices/status';
import type { Decimal, DeliveryClaim, Event, Instant, Item, PaymentClaim, People } from '@/lib/providers/provider';
import { merge } from './merge';
import { project, type Rows } from './rows';
import type { Merged, Receipt, State } from './state';

/** What a test says of one postback; everything else is what a plain one would say. */
interface Said {
  readonly word?: InvoiceStatus;
  readonly raw?: string;
  readonly step?: number;
  readonly order?: string | null;
  readonly test?: boolean | null;
  readonly createdAt?: Instant | null;
  readonly facts?: Readonly<Record<string, string>>;
  readonly people?: People;
}

export interface CryptoSaid extends Said {
  readonly basis?: 'notification' | 'invoice';
  readonly hashes?: readonly string[];
  readonly amount?: Decimal | null;
  readonly currency?: string;
  readonly usd?: Decimal | null;
  readonly at?: Instant | null;
  readonly amounts?: Readonly<Record<string, Decimal>>;
}

export interface SessionSaid extends Said {
  /** Amounts by the merchant's own id; `''` for a payment without one. */
  readonly pays?: Readonly<Record<string, Decimal | null>>;
  readonly items?: readonly Item[];
  readonly details?: Readonly<Record<string, string>>;
  readonly delivery?: Partial<DeliveryClaim> | null;
}

function common(said: Said, word: InvoiceStatus): Omit<Event, 'invoiceId' | 'bookkeeping' | 'payments' | 'delivery'> {
  return {
    status: { word, raw: said.raw ?? word, basis: 'invoice', step: said.step ?? 0 },
    orderId: said.order ?? null,
    isTest: said.test ?? null,
    createdAt: said.createdAt ?? null,
    facts: said.facts ?? {},
    people: said.people ?? {},
    flags: [],
  };
}

/** A crypto postback: by default a JSON body that says 10 USDT were paid. */
export function crypto(said: CryptoSaid = {}): Event {
  const event = common(said, said.word ?? 'paid');
  const payment: PaymentClaim = {
    externalId: null,
    hashes: said.hashes ?? [],
    amount: said.amount === undefined ? '10' : said.amount,
    currency: said.currency ?? 'USDT_TRC20',
    amountUsd: said.usd ?? null,
    occurredAt: said.at ?? null,
    amounts: said.amounts ?? {},
    items: [],
  };
  const status = { ...event.status, basis: said.basis ?? 'invoice' };
  return { ...event, status, invoiceId: 'ILRAJE1Q', bookkeeping: 'transfers', payments: [payment], delivery: null };
}

/** The same amount as a form body says it: no hash, no test mode, a status that only the notification implies. */
export function form(amount: Decimal, said: CryptoSaid = {}): Event {
  return crypto({ raw: 'success', basis: 'notification', amount, ...said });
}

/** A card session's postback: by default one that says nothing but `paid`. */
export function session(said: SessionSaid = {}): Event {
  const payments = Object.entries(said.pays ?? {}).map(
    ([externalId, amount]): PaymentClaim => ({
      externalId: externalId || null,
      hashes: [],
      amount,
      currency: 'UAH',
      amountUsd: null,
      occurredAt: null,
      amounts: {},
      items: said.items ?? [],
      details: said.details ?? {},
    }),
  );
  const delivery = said.delivery ? { waybills: [], failureReasons: [], carrier: null, ...said.delivery } : null;
  const invoiceId = 'f1c86ec3-45ff-4bde-a428-37f49bcde530';
  return { ...common(said, said.word ?? 'paid'), invoiceId, bookkeeping: 'payments', payments, delivery };
}

const CARRIER: Readonly<Record<string, DeliveryStatus>> = {
  1: 'awaiting_handover',
  7: 'ready_for_pickup',
  9: 'received',
  10: 'received',
  11: 'received',
  103: 'refused',
  105: 'storage_expired',
};

/** What the carrier says with a code; the others are on the way. */
export function carrierWord(code: string): NonNullable<DeliveryClaim['carrier']> {
  const word = { code, text: null, status: CARRIER[code] ?? 'in_transit' };
  return code === '11' ? { ...word, paidOut: true } : word;
}

/** The transactions with the minute of each. */
export function datedTransactions(history: readonly Receipt[]): readonly string[] {
  return fold(history).rows.transactions.map((row) => `${row.kind} ${row.amount} ${row.occurredAt.slice(14, 16)}`);
}

/** The nth minute of the test's day. */
export function minute(index: number): Instant {
  return new Date(Date.UTC(2026, 0, 27, 10, index)).toISOString().replace('Z', '000Z');
}

/** The events as received one a minute. */
export function received(events: readonly Event[], signer: Receipt['signer'] = 'live'): readonly Receipt[] {
  return events.map((event, index) => ({
    event,
    signer,
    grade: event.bookkeeping === 'transfers' ? 'jwt' : 'rsa',
    receivedAt: minute(index),
  }));
}

export interface Folded {
  readonly state: State;
  readonly rows: Rows;
  readonly results: readonly Merged[];
}

/** Folds a history, which has at least one message. */
export function fold(history: readonly Receipt[]): Folded {
  const results: Merged[] = [];
  let state: State | null = null;
  for (const receipt of history) {
    const merged: Merged = merge(state, receipt);
    results.push(merged);
    state = merged.state;
  }
  if (!state) throw new Error('a history has at least one message');
  return { state, rows: project(state), results };
}

/** Folds events received one a minute. */
export function foldEvents(...events: readonly Event[]): Folded {
  return fold(received(events));
}
