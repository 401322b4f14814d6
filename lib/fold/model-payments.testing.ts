import type { InvoiceStatus } from '@/lib/invoices/status';
import { add, compare, negate } from '@/lib/money';
import type { Decimal, Event } from '@/lib/providers/provider';
import { earliest, type Money, sameId, told, toldAmount, withFirstOrder } from './model-told.testing';
import type { ContradictionReason, Receipt } from './state';

/** Which stage's amount is a payment's amount, best first. */
const AMOUNT_ORDER: readonly InvoiceStatus[] = [
  'paid',
  'on_hold',
  'voided',
  'expired',
  'failed',
  'processing',
  'created',
  'unknown',
];

/** Card money of a history: payments by the merchant's id, each with what every stage said of it. */
export function sessionMoney(receipts: readonly Receipt[]): Money {
  const taken = spelledAlike(receipts);
  const ids = idsOf(taken.map(({ event }) => event));
  const named = ids.filter((id) => id !== '');
  const counted = ids.filter(
    (id) =>
      id !== '' ||
      !sameMoney(
        amountOf(taken, id),
        named.map((other) => amountOf(taken, other)),
      ),
  );
  const amounts = counted.map((id) => amountOf(taken, id)).filter((amount) => amount !== null);
  const fallback = named.length === 0 ? told(taken, (event) => event.orderId) : null;
  const currency = told(taken, (event) => event.payments.find((claim) => claim.currency !== null)?.currency);
  return {
    orderId: named.length === 1 ? (named[0] ?? null) : fallback,
    amount: amounts.length === 0 ? null : amounts.reduce((total, amount) => add(total, amount)),
    amountUsd: null,
    currency,
    transactions: ids.flatMap((id) => movements(taken, id, currency)),
    credible: taken,
  };
}

/** A session's message is not taken at all when it names another amount for the same payment in the same stage. */
export function sessionObjection(before: readonly Receipt[], receipt: Receipt): ContradictionReason | null {
  const alike = spelledAlike([...before, receipt]);
  const taken = alike.slice(0, -1);
  const { event } = alike.at(-1) ?? receipt;
  const { word } = event.status;
  const differs = idsOf([event]).some((id) => {
    const known = stageAmount(taken, id, word);
    const said = saidAmount(event, id);
    return known !== null && said !== null && compare(known, said) !== 0;
  });
  return differs ? 'other_amount' : null;
}

/** The same messages with the order and every payment of theirs in the spelling of whoever named it first. */
function spelledAlike(receipts: readonly Receipt[]): readonly Receipt[] {
  const spellings: string[] = [];
  return withFirstOrder(receipts).map((receipt) => {
    const payments = receipt.event.payments.map((claim) => {
      const id = claim.externalId;
      if (id === null) return claim;
      const first = spellings.find((known) => sameId(known, id));
      if (first === undefined) spellings.push(id);
      return { ...claim, externalId: first ?? id };
    });
    return { ...receipt, event: { ...receipt.event, payments } };
  });
}

function idsOf(events: readonly Event[]): readonly string[] {
  return [...new Set(events.flatMap((event) => event.payments.map((claim) => claim.externalId ?? '')))].sort();
}

/** The messages that say a payment reached a stage. */
function stage(taken: readonly Receipt[], id: string, word: InvoiceStatus): readonly Receipt[] {
  return taken.filter(({ event }) => event.status.word === word && idsOf([event]).includes(id));
}

function stageAmount(taken: readonly Receipt[], id: string, word: InvoiceStatus): Decimal | null {
  return toldAmount(stage(taken, id, word), (event) => saidAmount(event, id));
}

/** Of one id the first amount in a message counts; payments without an id in one list are counted together. */
function saidAmount(event: Event, id: string): Decimal | null {
  const amounts = event.payments.filter((claim) => (claim.externalId ?? '') === id).map((claim) => claim.amount);
  if (id !== '') return amounts[0] ?? null;
  return amounts.reduce((total, amount) => (total && amount ? add(total, amount) : (total ?? amount)), null);
}

function amountOf(taken: readonly Receipt[], id: string): Decimal | null {
  return AMOUNT_ORDER.map((word) => stageAmount(taken, id, word)).reduce((best, amount) => best ?? amount, null);
}

/** One amount is that of one of the others, or of all of them. */
function sameMoney(amount: Decimal | null, others: readonly (Decimal | null)[]): boolean {
  const sums = others.filter((other) => other !== null);
  if (amount === null || sums.length === 0) return false;
  return compare(sums.reduce(add), amount) === 0 || sums.some((other) => compare(other, amount) === 0);
}

/** The payment without an id was paid, and that is no news beside those with one. */
function isUnnamedTwin(taken: readonly Receipt[]): boolean {
  const named = idsOf(taken.map(({ event }) => event)).filter((id) => id !== '');
  const paid = named.map((id) => stageAmount(taken, id, 'paid'));
  return sameMoney(stageAmount(taken, '', 'paid'), paid);
}

function movements(taken: readonly Receipt[], id: string, currency: string | null): Money['transactions'] {
  const amount = stageAmount(taken, id, 'paid');
  const twin = isUnnamedTwin(taken);
  if (amount === null || (id === '' && twin)) return [];
  const unnamed = twin || stage(taken, '', 'paid').length === 0 ? stage(taken, '', 'voided') : [];
  const whole = taken.filter(({ event }) => event.status.word === 'voided' && event.payments.length === 0);
  const voids = [...stage(taken, id, 'voided'), ...whole, ...unnamed];
  const expected = told(taken, (event) => event.facts.method) === 'cash_on_delivery';
  if (expected && voids.length > 0) return [];
  const paid: Money['transactions'][number] = {
    kind: expected ? 'expected' : 'payment',
    amount,
    currency,
    amountUsd: null,
    txHashes: [],
    externalId: id === '' ? null : id,
    occurredAt: earliest(stage(taken, id, 'paid')),
    timeSource: 'receipt',
  };
  if (voids.length === 0) return [paid];
  return [paid, { ...paid, kind: 'refund', amount: negate(amount), occurredAt: earliest(voids) }];
}
