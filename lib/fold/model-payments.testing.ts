import type { CashOnDelivery, InvoiceStatus } from '@/lib/invoices/status';
import { add, compare, negate, subtract } from '@/lib/money';
import type { Decimal, DeliveryClaim, Event } from '@/lib/providers/provider';
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
    transactions: transactionRows(taken, currency),
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

/** The payments whose being paid is a transaction, each with its amount. */
function paidIds(taken: readonly Receipt[]): readonly { readonly id: string; readonly amount: Decimal }[] {
  return idsOf(taken.map(({ event }) => event)).flatMap((id) => {
    const amount = stageAmount(taken, id, 'paid');
    return amount === null || (id === '' && isUnnamedTwin(taken)) ? [] : [{ id, amount }];
  });
}

function transactionRows(taken: readonly Receipt[], currency: string | null): Money['transactions'] {
  const paid = paidIds(taken);
  const cash = cashOnDelivery(taken);
  const common = { currency, amountUsd: null, txHashes: [], timeSource: 'receipt' } as const;
  const rowFor = (id: string | null) => ({ ...common, externalId: id === '' ? null : id });
  if (cash === 'refused') return [];
  const given = refundsOf(taken, paid).map(({ id, amount, at }) => ({
    ...rowFor(id),
    kind: 'refund' as const,
    amount,
    // No earlier than the cash that it gives back.
    occurredAt: cash === 'received' && at < paidOutAt(taken) ? paidOutAt(taken) : at,
  }));
  const kept = keptOf(taken, paid);
  const rows = paid.flatMap(({ id, amount }): Money['transactions'] => {
    const occurredAt = earliest(stage(taken, id, 'paid'));
    if (cash === null) return [{ ...rowFor(id), kind: 'payment', amount, occurredAt }];
    if (cash === 'received') return [{ ...rowFor(id), kind: 'payment', amount, occurredAt: paidOutAt(taken) }];
    const left = kept.get(id) ?? '0';
    return compare(left, '0') > 0 ? [{ ...rowFor(id), kind: 'expected', amount: left, occurredAt }] : [];
  });
  return cash === null || cash === 'received' ? [...rows, ...given] : rows;
}

/** The messages that void a payment: its own, those of the whole session, and of a twin that speaks for all. */
function voidsOf(taken: readonly Receipt[], id: string): readonly Receipt[] {
  const speaksForAll = isUnnamedTwin(taken) || stage(taken, '', 'paid').length === 0;
  const unnamed = speaksForAll ? stage(taken, '', 'voided') : [];
  const whole = taken.filter(({ event }) => event.status.word === 'voided' && event.payments.length === 0);
  return [...stage(taken, id, 'voided'), ...whole, ...unnamed];
}

interface Given {
  /** Null: of the session. */
  readonly id: string | null;
  readonly total: Decimal;
  readonly at: string;
  readonly turn: number;
}

type Paid = readonly { readonly id: string; readonly amount: Decimal }[];

/** Every total of money given back that can be true, by time. */
function totalsGiven(taken: readonly Receipt[], paid: Paid): readonly Given[] {
  const known = new Map(paid.map(({ id, amount }) => [id, amount]));
  const all = paid.map(({ amount }) => amount).reduce((total, amount) => add(total, amount), '0');
  const said = taken.flatMap(({ event, receivedAt: at }): readonly Given[] => {
    const own = idsOf([event]).flatMap((id) => {
      const total = saidRefund(event, id);
      const owner = known.has(id) ? id : id === '' ? null : undefined;
      return total === null || owner === undefined ? [] : [{ id: owner, total, at, turn: owner === null ? 2 : 0 }];
    });
    return event.refunded === undefined ? own : [...own, { id: null, total: event.refunded, at, turn: 2 }];
  });
  const voided = paid.flatMap(({ id, amount }): readonly Given[] => {
    const voids = voidsOf(taken, id);
    return voids.length > 0 ? [{ id, total: amount, at: earliest(voids), turn: 1 }] : [];
  });
  const plausible = [...said, ...voided].filter(({ id, total }) => {
    return compare(total, id === null ? all : (known.get(id) ?? '0')) <= 0;
  });
  const order = ({ at, turn }: Given): string => `${at} ${turn}`;
  return plausible.sort((a, b) => {
    if (order(a) !== order(b)) return order(a) < order(b) ? -1 : 1;
    return compare(a.total, b.total) || ((a.id ?? '') < (b.id ?? '') ? -1 : 1);
  });
}

/** Goes through all that was said of money given back, by time, and books what is more than before. */
function refundsOf(
  taken: readonly Receipt[],
  paid: Paid,
): readonly { readonly id: string | null; readonly amount: Decimal; readonly at: string }[] {
  const sorted = totalsGiven(taken, paid);
  const rows: { id: string | null; amount: Decimal; at: string }[] = [];
  let booked = '0';
  sorted.forEach(({ id, at }, index) => {
    const target = givenBackAfter(sorted.slice(0, index + 1), paid);
    if (compare(target, booked) > 0) {
      const [only, ...others] = paid;
      const named = id ?? (only && others.length === 0 ? only.id : null);
      rows.push({ id: named, amount: negate(subtract(target, booked)), at });
    }
    booked = target;
  });
  return rows;
}

function largest(said: readonly Given[], id: string | null): Decimal {
  const ofId = said.filter((each) => each.id === id);
  return ofId.reduce((max, { total }) => (compare(total, max) > 0 ? total : max), '0');
}

function givenBackAfter(said: readonly Given[], paid: readonly { readonly id: string }[]): Decimal {
  const payments = paid.map(({ id }) => largest(said, id)).reduce((total, amount) => add(total, amount), '0');
  return compare(largest(said, null), payments) > 0 ? largest(said, null) : payments;
}

/** What is kept of each payment: of what was given back in all, first its own part, then the rest payment by payment. */
function keptOf(taken: readonly Receipt[], paid: Paid): ReadonlyMap<string, Decimal> {
  const said = totalsGiven(taken, paid);
  const kept = new Map(paid.map(({ id, amount }) => [id, subtract(amount, largest(said, id))]));
  const own = paid.map(({ id }) => largest(said, id)).reduce((total, amount) => add(total, amount), '0');
  let rest = subtract(givenBackAfter(said, paid), own);
  for (const [id, amount] of kept) {
    const isMore = compare(rest, amount) > 0;
    kept.set(id, isMore ? '0' : subtract(amount, rest));
    rest = isMore ? subtract(rest, amount) : '0';
  }
  return kept;
}

function saidRefund(event: Event, id: string): Decimal | null {
  const claims = event.payments.filter((claim) => (claim.externalId ?? '') === id);
  const totals = (id === '' ? claims : claims.slice(0, 1)).flatMap(({ refunded }) => refunded ?? []);
  return totals.length === 0 ? null : totals.reduce((total, amount) => add(total, amount));
}

/** Where the cash of a history's parcel is, by the carrier's words in the order of their receipt. */
export function cashOnDelivery(taken: readonly Receipt[]): CashOnDelivery | null {
  if (told(taken, (event) => event.facts.method) !== 'cash_on_delivery' || paidIds(taken).length === 0) return null;
  const words = carrierWords(taken);
  if (words.some(({ paidOut }) => paidOut)) return 'received';
  const end = words.findLast(({ status }) => status === 'received' || status === 'refused');
  if (!end) return 'expected';
  return end.status === 'refused' ? 'refused' : 'collected';
}

function paidOutAt(taken: readonly Receipt[]): string {
  return earliest(taken.filter(({ event }) => event.delivery?.carrier?.paidOut));
}

export function carrierWords(taken: readonly Receipt[]): readonly NonNullable<DeliveryClaim['carrier']>[] {
  const sorted = [...taken].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return sorted.flatMap(({ event }) => event.delivery?.carrier ?? []);
}
