import { isMoney } from '@/lib/invoices/status';
import { add, compare, subtract } from '@/lib/money';
import type { Decimal, Event, PaymentClaim } from '@/lib/providers/provider';
import { earliest, type Money, sameHash, sameId, told, toldAmount, withFirstOrder } from './model-told.testing';
import type { ContradictionReason, Receipt } from './state';

/** All messages about one set of hashes. */
interface HashSet {
  readonly hashes: readonly string[];
  readonly amount: Decimal;
  readonly receipts: readonly Receipt[];
}

/** Crypto money of a history: running totals of sets of hashes, and amounts without any. */
export function cryptoMoney(receipts: readonly Receipt[]): Money {
  const taken = spelledAlike(receipts);
  const money = taken.filter(({ event }) => isMoneyMessage(event));
  const hashed = money.filter(({ event }) => hashesOf(event).length > 0);
  const bare = money.filter(({ event }) => hashesOf(event).length === 0);
  const sets = hashSets(hashed);
  const overall = sum(rootsOf(sets).map((set) => set.amount));
  const explained = bare.filter(({ event }) => isExplained(event, sets, overall));
  const byHash = hashed.length > 0 && (explained.length > 0 || bare.length === 0 || hashed[0] === money[0]);
  const firstBare = bare[0];
  const believedBare = firstBare ? bare.filter(({ event }) => sameAmount(event, firstBare.event)) : [];
  const believed = byHash ? [...hashed, ...explained] : believedBare;
  const quotes = taken.filter(({ event }) => !isMoneyMessage(event));
  return {
    orderId: told(taken, (event) => event.orderId),
    currency: told(taken, (event) => claimOf(event).currency),
    ...totals(byHash ? sets : bareSet(believedBare), quotes),
    transactions: byHash
      ? sets.flatMap((set) => transaction(set, sets, taken))
      : bareSet(believedBare).flatMap((set) => transaction(set, [], taken)),
    credible: [...quotes, ...believed],
  };
}

/** Why a crypto message is not taken at all. */
export function cryptoObjection(
  before: readonly Receipt[],
  { event: said, ...receipt }: Receipt,
): ContradictionReason | null {
  const alike = spelledAlike([...before, { ...receipt, event: said }]);
  const taken = alike.slice(0, -1);
  const event = alike.at(-1)?.event ?? said;
  const known = taken.map((receipt) => receipt.event);
  const paid = known.filter((other) => isMoney(other.status.word));
  if (
    event.orderId !== null &&
    known.some((other) => other.orderId !== null && !sameId(other.orderId, event.orderId ?? ''))
  )
    return 'other_order';
  const isPaid = isMoney(event.status.word);
  if (isPaid && paid.some((other) => claimOf(other).currency !== claimOf(event).currency)) return 'other_currency';
  if (!isMoneyMessage(event) || hashesOf(event).length === 0) return null;
  const sets = hashSets(taken.filter((receipt) => isMoneyMessage(receipt.event) && hashesOf(receipt.event).length > 0));
  const mine: HashSet = { hashes: hashesOf(event), amount: claimOf(event).amount ?? '0', receipts: [] };
  const twin = sets.find((set) => equalSets(set, mine));
  if (twin) return compare(twin.amount, mine.amount) === 0 ? null : 'other_amount';
  if (sets.some((set) => overlap(set, mine))) return 'overlapping_transfers';
  const all = [...sets, mine];
  return all.some((set) => compare(remainder(set, all), '0') < 0) ? 'other_amount' : null;
}

/** The same messages with the order and every hash of theirs in the spelling of whoever named it first. */
function spelledAlike(receipts: readonly Receipt[]): readonly Receipt[] {
  const spellings: string[] = [];
  return withFirstOrder(receipts).map((receipt) => {
    if (!isMoneyMessage(receipt.event)) return receipt;
    const claim = claimOf(receipt.event);
    const hashes = claim.hashes.map((hash) => {
      const first = spellings.find((known) => sameHash(known, hash));
      if (first === undefined) spellings.push(hash);
      return first ?? hash;
    });
    return { ...receipt, event: { ...receipt.event, payments: [{ ...claim, hashes }] } };
  });
}

function claimOf(event: Event): PaymentClaim {
  const [claim] = event.payments;
  if (!claim) throw new Error('a crypto message has one payment');
  return claim;
}

function hashesOf(event: Event): readonly string[] {
  return [...new Set(claimOf(event).hashes)].sort(byMeaning);
}

function byMeaning(a: string, b: string): number {
  const digits = (text: string): string =>
    /^(0x)?[0-9a-f]+$/i.test(text) ? text.toLowerCase().replace('0x', '') : text;
  return digits(a) < digits(b) ? -1 : 1;
}

function isMoneyMessage(event: Event): boolean {
  return isMoney(event.status.word) && claimOf(event).amount !== null;
}

function sameAmount(a: Event, b: Event): boolean {
  return compare(claimOf(a).amount ?? '0', claimOf(b).amount ?? '0') === 0;
}

function isExplained(event: Event, sets: readonly HashSet[], overall: Decimal | null): boolean {
  const totals = [...sets.map((set) => set.amount), ...(overall === null ? [] : [overall])];
  return totals.some((total) => compare(total, claimOf(event).amount ?? '0') === 0);
}

function hashSets(receipts: readonly Receipt[]): readonly HashSet[] {
  const keys = [...new Set(receipts.map(({ event }) => hashesOf(event).join(' ')))];
  return keys.map((key) => {
    const mine = receipts.filter(({ event }) => hashesOf(event).join(' ') === key);
    const amount = toldAmount(mine, (event) => claimOf(event).amount) ?? '0';
    return { hashes: key.split(' '), amount, receipts: mine };
  });
}

function bareSet(receipts: readonly Receipt[]): readonly HashSet[] {
  const amount = toldAmount(receipts, (event) => claimOf(event).amount);
  return amount === null ? [] : [{ hashes: [], amount, receipts }];
}

function within(small: HashSet, large: HashSet): boolean {
  return small.hashes.length < large.hashes.length && small.hashes.every((hash) => large.hashes.includes(hash));
}

function equalSets(a: HashSet, b: HashSet): boolean {
  return a.hashes.join(' ') === b.hashes.join(' ');
}

function overlap(a: HashSet, b: HashSet): boolean {
  return a.hashes.some((hash) => b.hashes.includes(hash)) && !within(a, b) && !within(b, a);
}

function rootsOf(sets: readonly HashSet[]): readonly HashSet[] {
  return sets.filter((set) => !sets.some((other) => within(set, other)));
}

/** The largest known sets inside a set. */
function partsOf(set: HashSet, sets: readonly HashSet[]): readonly HashSet[] {
  return rootsOf(sets.filter((other) => within(other, set)));
}

function sum(amounts: readonly (Decimal | null)[]): Decimal | null {
  return amounts.reduce((total, amount) => (total === null || amount === null ? null : add(total, amount)), '0');
}

function remainder(set: HashSet, sets: readonly HashSet[]): Decimal {
  return subtract(set.amount, sum(partsOf(set, sets).map((part) => part.amount)) ?? '0');
}

function usdOf(set: HashSet): Decimal | null {
  return toldAmount(set.receipts, (event) => claimOf(event).amountUsd);
}

function totals(sets: readonly HashSet[], quotes: readonly Receipt[]): Pick<Money, 'amount' | 'amountUsd'> {
  if (sets.length === 0) {
    const amount = toldAmount(quotes, (event) => claimOf(event).amount);
    return { amount, amountUsd: toldAmount(quotes, (event) => claimOf(event).amountUsd) };
  }
  const roots = rootsOf(sets);
  return { amount: sum(roots.map((set) => set.amount)), amountUsd: sum(roots.map(usdOf)) };
}

/** Some message said this time more than ten minutes before it came. */
function cannotBe(receipts: readonly Receipt[], time: string): boolean {
  return receipts.some(({ event, receivedAt }) => {
    const minutes = (Date.parse(time) - Date.parse(receivedAt)) / 60_000;
    return claimOf(event).occurredAt === time && minutes > 10;
  });
}

function transaction(set: HashSet, sets: readonly HashSet[], taken: readonly Receipt[]): Money['transactions'] {
  const parts = partsOf(set, sets);
  const amount = remainder(set, sets);
  if (compare(amount, '0') === 0) return [];
  const usd = usdOf(set);
  const partsUsd = sum(parts.map(usdOf));
  const occurredAt = told(set.receipts, (event) => claimOf(event).occurredAt);
  return [
    {
      kind: parts.length === 0 ? 'payment' : 'top_up',
      amount,
      currency: told(taken, (event) => claimOf(event).currency),
      amountUsd: usd === null || partsUsd === null ? null : subtract(usd, partsUsd),
      txHashes: set.hashes.filter((hash) => !parts.some((part) => part.hashes.includes(hash))),
      externalId: null,
      occurredAt: occurredAt ?? earliest(set.receipts),
      timeSource: occurredAt === null ? 'receipt' : cannotBe(set.receipts, occurredAt) ? 'provider_ahead' : 'provider',
    },
  ];
}
