import type { DeliveryStatus } from '@/lib/deliveries/status';
import { statusRank } from '@/lib/invoices/status';
import type { DeliveryClaim, Event } from '@/lib/providers/provider';
import { carrierWords, cashOnDelivery, sessionMoney, sessionObjection } from './model-payments.testing';
import { earliest, type Money, told } from './model-told.testing';
import { cryptoMoney, cryptoObjection } from './model-transfers.testing';
import type { DeliveryRow, InvoiceRow, TransactionRow } from './rows';
import type { ContradictionReason, Receipt } from './state';

/**
 * DOMAIN.md written down a second time, as plainly as possible: everything is computed from the whole history, nothing
 * is remembered between messages. The fold must agree with it.
 */
export interface Belief {
  readonly invoice: InvoiceRow;
  readonly transactions: readonly Omit<TransactionRow, 'key'>[];
  readonly delivery: DeliveryRow | null;
  readonly facts: Readonly<Record<string, string>>;
  /** For each message of the history why it was not taken, or null. */
  readonly refusals: readonly (ContradictionReason | null)[];
}

export function believe(history: readonly Receipt[]): Belief {
  const taken: Receipt[] = [];
  const refusals = history.map((receipt) => {
    const reason = objection(taken, receipt);
    if (reason === null) taken.push(receipt);
    return reason;
  });
  const money = isTransfers(taken) ? cryptoMoney(taken) : sessionMoney(taken);
  const { transactions } = money;
  return {
    invoice: invoiceRow(taken, money),
    transactions,
    delivery: deliveryRow(taken),
    facts: allFacts(taken),
    refusals,
  };
}

function objection(taken: readonly Receipt[], receipt: Receipt): ContradictionReason | null {
  const claims = taken.map(({ event }) => event.isTest);
  const { isTest } = receipt.event;
  if (receipt.signer === 'live' && isTest !== null && claims.includes(!isTest)) return 'test_and_real';
  return isTransfers([receipt]) ? cryptoObjection(taken, receipt) : sessionObjection(taken, receipt);
}

function isTransfers(receipts: readonly Receipt[]): boolean {
  return receipts.some(({ event }) => event.bookkeeping === 'transfers');
}

function invoiceRow(taken: readonly Receipt[], money: Money): InvoiceRow {
  const status = bestStatus(money.credible.map(({ event }) => event.status));
  const arrivals = money.transactions
    .filter((row) => row.kind === 'payment' || row.kind === 'top_up')
    .sort((a, b) => (`${a.occurredAt}${a.timeSource}` < `${b.occurredAt}${b.timeSource}` ? -1 : 1));
  const testSigner = taken.some((receipt) => receipt.signer === 'test');
  return {
    orderId: money.orderId,
    status: status.word,
    statusRaw: status.raw,
    amount: money.amount,
    currency: money.currency,
    amountUsd: money.amountUsd,
    isTest: testSigner || taken.some(({ event }) => event.isTest === true),
    testModeKnown: testSigner || taken.some(({ event }) => event.isTest !== null),
    cashOnDelivery: isTransfers(taken) || status.word === 'voided' ? null : cashOnDelivery(taken),
    customerName: told(taken, (event) => event.people.client_name),
    createdAt: told(taken, (event) => event.createdAt) ?? earliest(taken),
    paidAt: arrivals[0]?.occurredAt ?? null,
    timeSource: arrivals[0]?.timeSource ?? null,
  };
}

/** Known words before unknown ones, the invoice's own before the notification's, then rank, step and the raw word. */
function bestStatus(claims: readonly Event['status'][]): Event['status'] {
  const order = (claim: Event['status']): readonly number[] => [
    claim.word === 'unknown' ? 0 : 1,
    claim.basis === 'invoice' ? 1 : 0,
    statusRank(claim.word),
    claim.step,
  ];
  const better = (a: Event['status'], b: Event['status']): boolean => {
    const mine = order(b);
    const differing = order(a).findIndex((value, index) => value !== mine[index]);
    return differing === -1 ? b.raw < a.raw : (mine[differing] ?? 0) > (order(a)[differing] ?? 0);
  };
  return claims.reduce((best, claim) => (better(best, claim) ? claim : best));
}

function allFacts(taken: readonly Receipt[]): Readonly<Record<string, string>> {
  const names = new Set(taken.flatMap(({ event }) => Object.keys(event.facts)));
  return Object.fromEntries([...names].sort().map((name) => [name, told(taken, (event) => event.facts[name]) ?? '']));
}

function deliveryRow(taken: readonly Receipt[]): DeliveryRow | null {
  const claims = taken.map(({ event }) => event.delivery).filter((claim): claim is DeliveryClaim => claim !== null);
  if (claims.length === 0) return null;
  const waybills = [...new Set(claims.flatMap((claim) => claim.waybills))].sort();
  const failureReasons = [...new Set(claims.flatMap((claim) => claim.failureReasons))].sort();
  const carrier = lastWord(taken);
  const ours: DeliveryStatus =
    waybills.length > 0 ? 'waybill_created' : failureReasons.length > 0 ? 'waybill_failed' : 'none';
  return {
    status: carrier?.status ?? ours,
    waybills,
    failureReasons,
    carrierCode: carrier?.code ?? null,
    carrierText: carrier?.text ?? null,
    recipientName: told(taken, (event) => event.people.recipient_name),
  };
}

/** The last word; but a parcel that was received goes nowhere, unless it is refused after all. */
function lastWord(taken: readonly Receipt[]): DeliveryClaim['carrier'] {
  return carrierWords(taken).reduce<DeliveryClaim['carrier']>((last, word) => {
    const stays = last?.status === 'received' && word.status !== 'received' && word.status !== 'refused';
    return stays ? last : word;
  }, null);
}
