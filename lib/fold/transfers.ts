import { hashKey } from '@/lib/identifiers';
import { evidenceRank } from '@/lib/invoices/status';
import { add, compare, isPositive, shortest, subtract } from '@/lib/money';
import type { Instant, PaymentClaim } from '@/lib/providers/provider';
import { isAhead } from './ahead';
import { nest } from './nesting';
import { conflicts, conflictsDecimal, earlier, keep, keepAmounts, keepDecimal, preciser, union } from './registers';
import type { ContradictionReason, StatusClaim, Transfer } from './state';
import { betterStatus } from './statuses';

/**
 * Crypto payments of one invoice. Each message carries a set of hashes and the running total of that set: a superset is
 * a top-up, a disjoint set a further transfer. Sets that overlap otherwise, or whose totals cannot be, contradict.
 */

/** What distinct amounts without hashes one invoice keeps; past it a further one is only in the ledger. */
const MAX_WITHOUT_HASHES = 50;
/** What one invoice keeps: each write reads and writes all of it. A top-up names the hashes before it once more. */
export const MAX_TRANSFERS = 2_000;
const MAX_HASHES = 20_000;
/** Only contradicting messages name more than one. */
const MAX_TIMES_AHEAD = 20;

export interface TransferMerge {
  readonly transfers: readonly Transfer[];
  readonly contradiction: ContradictionReason | null;
  /** False: the contradicting message must not touch the invoice at all. */
  readonly taken: boolean;
  readonly conflict: string | null;
}

export function mergeTransfer(
  transfers: readonly Transfer[],
  claim: PaymentClaim,
  amount: string,
  status: StatusClaim,
  receivedAt: string,
): TransferMerge {
  const hashes = spelledHashes(claim.hashes, transfers);
  const same = transfers.find((known) => sameSlot(known, hashes, amount));
  const known = same ?? fresh(hashes, amount, status, receivedAt, transfers);
  if (compare(known.amount, amount) !== 0) return refuse(transfers, 'other_amount');
  const { transfer, conflict } = refine(known, claim, amount, status, receivedAt);
  if (same) {
    const next = transfers.map((other) => (other === same ? transfer : other));
    return { transfers: next, contradiction: null, taken: true, conflict };
  }
  const next = [...transfers, transfer].sort(order);
  const impossible = hashes.length > 0 ? impossibility(next, transfer) : null;
  if (impossible) return refuse(transfers, impossible);
  if (next.length > MAX_TRANSFERS || hashCount(next) > MAX_HASHES) return refuse(transfers, 'too_many_transfers');
  if (next.filter(isBare).length > MAX_WITHOUT_HASHES) return refuse(transfers, 'transfer_without_hash');
  const agrees = believed(next).includes(transfer) || (isBare(transfer) && agreement(next)(transfer));
  return { transfers: next, contradiction: agrees ? null : 'transfer_without_hash', taken: true, conflict };
}

function refuse(transfers: readonly Transfer[], contradiction: ContradictionReason): TransferMerge {
  return { transfers, contradiction, taken: false, conflict: null };
}

function hashCount(transfers: readonly Transfer[]): number {
  return transfers.reduce((sum, { hashes }) => sum + hashes.length, 0);
}

function isBare(transfer: Transfer): boolean {
  return transfer.hashes.length === 0;
}

/** Each hash once, in the spelling that the invoice knew first and in the order of their keys. */
function spelledHashes(hashes: readonly string[], transfers: readonly Transfer[]): readonly string[] {
  const spellings = new Map<string, string>();
  for (const hash of hashes) if (!spellings.has(hashKey(hash))) spellings.set(hashKey(hash), hash);
  for (const hash of transfers.flatMap((transfer) => transfer.hashes)) {
    if (spellings.has(hashKey(hash))) spellings.set(hashKey(hash), hash);
  }
  return [...spellings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hash]) => hash);
}

/** Hashes of both are spelled alike and sorted. */
function sameSlot(known: Transfer, hashes: readonly string[], amount: string): boolean {
  if (known.hashes.length !== hashes.length || known.hashes.some((hash, index) => hash !== hashes[index])) return false;
  return hashes.length > 0 || compare(known.amount, amount) === 0;
}

/** One order for every history: by the keys of the hashes, those without any by their amount. */
function order(a: Transfer, b: Transfer): number {
  const differing = a.hashes.findIndex((hash, index) => hash !== b.hashes[index]);
  const mine = a.hashes[differing];
  const other = b.hashes[differing];
  if (mine !== undefined && other !== undefined) return hashKey(mine) < hashKey(other) ? -1 : 1;
  return a.hashes.length - b.hashes.length || compare(a.amount, b.amount);
}

function fresh(
  hashes: readonly string[],
  amount: string,
  status: StatusClaim,
  receivedAt: string,
  transfers: readonly Transfer[],
): Transfer {
  const first = hashes.length === 0 && transfers.length === 0;
  return { hashes, amount, status, amountUsd: null, occurredAt: null, amounts: {}, receivedAt, first };
}

function refine(
  known: Transfer,
  claim: PaymentClaim,
  amount: string,
  status: StatusClaim,
  receivedAt: string,
): { transfer: Transfer; conflict: string | null } {
  const rank = evidenceRank(status.word);
  const amounts = keepAmounts(known.amounts, claim.amounts, rank);
  const transfer: Transfer = {
    hashes: known.hashes,
    amount: preciser(known.amount, amount),
    status: betterStatus(known.status, status),
    amountUsd: keepDecimal(known.amountUsd, claim.amountUsd, rank),
    occurredAt: keep(known.occurredAt, claim.occurredAt, rank),
    amounts: amounts.registers,
    ...timesAhead(known.ahead ?? [], claim.occurredAt, receivedAt),
    receivedAt: earlier(known.receivedAt, receivedAt),
    first: known.first,
  };
  const conflict =
    (conflictsDecimal(known.amountUsd, claim.amountUsd, rank) && 'amount_usd') ||
    (conflicts('date_finished', known.occurredAt, claim.occurredAt, rank) && 'date_finished') ||
    amounts.conflict;
  return { transfer, conflict };
}

function timesAhead(
  known: readonly Instant[],
  time: Instant | null,
  receivedAt: Instant,
): { readonly ahead?: readonly Instant[] } {
  const all = isAhead(time, receivedAt) && time ? union(known, [time]).slice(0, MAX_TIMES_AHEAD) : known;
  return all.length > 0 ? { ahead: all } : {};
}

/** Two sets must be nested or disjoint, and a total at least the sum of what it includes. */
function impossibility(transfers: readonly Transfer[], added: Transfer): ContradictionReason | null {
  const { parts, overlaps } = nest(transfers.filter((transfer) => !isBare(transfer)));
  if (overlaps) return 'overlapping_transfers';
  const touched = [...parts].filter(([transfer, inside]) => transfer === added || inside.includes(added));
  return touched.some(([transfer, inside]) => compare(remainder(transfer, inside), '0') < 0) ? 'other_amount' : null;
}

/** What this set holds beyond the largest sets inside it. */
export function remainder(transfer: Transfer, parts: readonly Transfer[]): string {
  return parts.reduce((rest, part) => subtract(rest, part.amount), transfer.amount);
}

/** Tells whether an amount without hashes is the total of a known set or of them all, so that it says nothing else. */
function agreement(transfers: readonly Transfer[]): (bare: Transfer) => boolean {
  const hashed = transfers.filter((transfer) => !isBare(transfer));
  if (hashed.length === 0) return () => false;
  const overall = nest(hashed).roots.reduce((total, transfer) => add(total, transfer.amount), '0');
  const totals = new Set([...hashed.map((transfer) => transfer.amount), overall].map(shortest));
  return (bare) => totals.has(shortest(bare.amount));
}

/**
 * The transfers that count. Those with hashes do, unless a message without hashes came before all of them and none of
 * its kind agrees with them: then what was known first stays until they are reconciled.
 */
export function believed(transfers: readonly Transfer[]): readonly Transfer[] {
  const hashed = transfers.filter((transfer) => !isBare(transfer));
  const bare = transfers.filter(isBare);
  const first = bare.find((transfer) => transfer.first);
  if (hashed.length === 0) return first ? [first] : bare.slice(0, 1);
  if (first && !bare.some(agreement(transfers))) return [first];
  return hashed;
}

/**
 * True where the transfer of these hashes may be another one replaced: both finished at the same moment and together
 * they are more than was due. A wallet has no amount due.
 */
export function mayReplaceAnother(transfers: readonly Transfer[], hashes: readonly string[]): boolean {
  const { roots } = nest(believed(transfers).filter((transfer) => !isBare(transfer)));
  const keys = new Set(hashes.map(hashKey));
  const own = roots.find((root) => root.hashes.some((hash) => keys.has(hashKey(hash))));
  const finishedAt = own?.occurredAt?.v;
  if (!own || finishedAt === undefined) return false;
  const alike = roots.filter((root) => root.occurredAt?.v === finishedAt);
  const due = roots.flatMap(({ amounts }) => (amounts.due && isPositive(amounts.due.v) ? [amounts.due.v] : []));
  const total = roots.map(({ amount }) => amount).reduce(add);
  const isAboveDue =
    due.length > 0
      ? due.every((amount) => compare(total, amount) > 0)
      : // What was paid in full has nothing left to be paid.
        alike.some(({ status }) => status.word === 'paid' || status.word === 'overpaid');
  return alike.length > 1 && isAboveDue;
}

/** Without those that lack hashes and agree with known ones: the form twin of a JSON body says nothing of its own. */
export function withoutTwins(transfers: readonly Transfer[]): readonly Transfer[] {
  if (!transfers.some(isBare)) return transfers;
  const agrees = agreement(transfers);
  return transfers.filter((transfer) => !isBare(transfer) || !agrees(transfer));
}

/** The statuses that count: of believed transfers, and of messages without hashes that agree with them. */
export function believedStatuses(transfers: readonly Transfer[]): readonly StatusClaim[] {
  const agreeing = transfers.some(isBare) ? transfers.filter(isBare).filter(agreement(transfers)) : [];
  return [...believed(transfers), ...agreeing].map((transfer) => transfer.status);
}
