import { spelledAs } from '@/lib/identifiers';
import { isStaticWallet } from '@/lib/invoices/static-wallet';
import { evidenceRank, isMoney } from '@/lib/invoices/status';
import { add } from '@/lib/money';
import type { DeliveryClaim, Event, Grade, Instant } from '@/lib/providers/provider';
import { fieldsAhead } from './ahead';
import { mergeCarrier } from './carrier';
import { mergePayments, onePerId, paidPayments } from './payments';
import { exceeds, mergeRefund } from './refunds';
import { conflicts, conflictsDecimal, earlier, keep, keepAll, keepAmounts, keepDecimal, union } from './registers';
import { statusOf } from './rows';
import { same } from './stable';
import {
  type ContradictionReason,
  type DeliveryState,
  type Merged,
  type Receipt,
  SECOND_TRANSFER,
  type State,
  type StatusClaim,
} from './state';
import { betterStatus } from './statuses';
import { believed, mayReplaceAnother, mergeTransfer, withoutTwins } from './transfers';
import { sameValue } from './values';

interface Step {
  readonly state: State;
  /** The message says otherwise than an equally believed one. */
  readonly contradiction: ContradictionReason | null;
  readonly field: string | null;
  /** False: the state must stay as it was. */
  readonly taken: boolean;
}

/**
 * Merges one authentic postback into what is believed of its invoice. For histories without contradictions any order
 * and repetition give the same state; where facts tie, the one received first stays and the postback is flagged.
 */
export function merge(known: State | null, receipt: Receipt): Merged {
  const before = known ?? begin(receipt);
  const refused = identityConflict(before, receipt);
  if (refused) return contradiction(before, refused.reason, refused.field);
  const steps = [mergeHead, mergeMoney, mergeFacts, mergeParcel];
  let state = before;
  let reason: ContradictionReason | null = null;
  let field: string | null = null;
  for (const step of steps) {
    const done = step(state, receipt);
    if (!done.taken && known) return contradiction(before, done.contradiction ?? 'fact_differs', done.field);
    state = done.state;
    reason ??= done.contradiction;
    field ??= done.field;
  }
  state = { ...state, attention: union(state.attention, attentionOf(before, receipt)) };
  const isQuestion = asksAboutTransfer(before, state, receipt.event);
  if (isQuestion) state = { ...state, attention: union(state.attention, [SECOND_TRANSFER]) };
  const changed = known === null || !same(told(state), told(known), NOT_BELIEVED);
  if (reason) return { ...contradiction(state, reason, field), changed };
  return {
    state: changed ? state : (known ?? state),
    result: changed ? 'new' : 'nothing_new',
    changed,
    reason: isQuestion ? SECOND_TRANSFER : null,
    field: isQuestion ? 'tx_list' : null,
  };
}

/** A further transfer that may be another one replaced. */
function asksAboutTransfer(before: State, after: State, event: Event): boolean {
  const hashes = event.payments[0]?.hashes ?? [];
  const isNew = after.transfers.length > before.transfers.length;
  if (!isNew || isStaticWallet(event.bookkeeping, event.invoiceId)) return false;
  return mayReplaceAnother(after.transfers, hashes);
}

/** Takes in the time of a postback that came again: it counts for the last word of a carrier and for nothing else. */
export function mergeRepeat(state: State, receipt: Receipt): State {
  return { ...state, delivery: merge(state, receipt).state.delivery };
}

/** Marks the invoice for staff and leaves the rest as it is given. */
export function contradiction(state: State, reason: ContradictionReason, field: string | null): Merged {
  return {
    state: { ...state, attention: union(state.attention, ['contradiction']) },
    result: 'contradiction',
    changed: false,
    reason,
    field,
  };
}

/** Yields to any status: that of a first message with money stands with its transfer, and counts only with it. */
const UNSAID: StatusClaim = { word: 'unknown', raw: '', basis: 'notification', step: -1 };

function begin(receipt: Receipt): State {
  const { event, signer } = receipt;
  return {
    bookkeeping: event.bookkeeping,
    providerInvoiceId: event.invoiceId,
    signer,
    verified: receipt.grade,
    status: UNSAID,
    orderId: null,
    isTest: null,
    currency: null,
    createdAt: null,
    facts: {},
    people: {},
    quote: null,
    transfers: [],
    payments: [],
    voidedAt: null,
    refunds: [],
    cashReceivedAt: null,
    delivery: null,
    firstReceivedAt: receipt.receivedAt,
    attention: [],
  };
}

/** Facts that make the message one about another payment: nothing of it is taken. */
function identityConflict(state: State, { event }: Receipt): { reason: ContradictionReason; field: string } | null {
  const { orderId, isTest } = event;
  const otherOrder = orderId !== null && state.orderId !== null && !sameValue('order_id', state.orderId.v, orderId);
  if (event.bookkeeping === 'transfers' && otherOrder) {
    return { reason: 'other_order', field: 'order_id' };
  }
  if (state.signer === 'live' && isTest !== null && state.isTest !== null && isTest !== state.isTest) {
    return { reason: 'test_and_real', field: 'test_mode' };
  }
  const currency = event.payments[0]?.currency ?? null;
  const paidIn = state.currency && state.currency.r >= MONEY ? state.currency.v : null;
  if (isMoney(event.status.word) && currency !== null && paidIn !== null && !sameValue('currency', paidIn, currency)) {
    return { reason: 'other_currency', field: 'currency' };
  }
  return null;
}

/** From here on a message speaks of money that arrived. */
const MONEY = evidenceRank('partial');

function mergeHead(state: State, { event, grade, receivedAt }: Receipt): Step {
  const rank = evidence(event);
  const orderId = spelledAs(state.orderId?.v, event.orderId);
  const next: State = {
    ...state,
    verified: betterGrade(state.verified, grade),
    orderId: keep(state.orderId, orderId, event.bookkeeping === 'transfers' ? 0 : rank),
    // Live messages agree here; what the test secret signs may say either and is test in any order.
    isTest: state.isTest || event.isTest ? true : (state.isTest ?? event.isTest),
    currency: keep(state.currency, event.payments[0]?.currency, rank),
    createdAt: keep(state.createdAt, event.createdAt, rank),
    firstReceivedAt: earlier(state.firstReceivedAt, receivedAt),
  };
  const differs =
    (event.bookkeeping === 'payments' && conflicts('order_id', state.orderId, orderId, rank) && 'order_id') ||
    (conflicts('created', state.createdAt, event.createdAt, rank) && 'created') ||
    (conflicts('currency', state.currency, event.payments[0]?.currency, rank) && 'currency') ||
    null;
  return { state: next, contradiction: differs ? 'fact_differs' : null, field: differs, taken: true };
}

function mergeMoney(state: State, receipt: Receipt): Step {
  return receipt.event.bookkeeping === 'transfers' ? mergeTransfers(state, receipt) : mergeSession(state, receipt);
}

function mergeTransfers(state: State, { event, receivedAt }: Receipt): Step {
  const claim = event.payments[0];
  if (!claim || claim.amount === null || !isMoney(event.status.word)) return mergeQuote(state, event);
  const merged = mergeTransfer(state.transfers, claim, claim.amount, event.status, receivedAt);
  const reason = merged.contradiction ?? (merged.conflict ? 'fact_differs' : null);
  const field = merged.contradiction ? 'amount_crypto' : merged.conflict;
  return { state: { ...state, transfers: merged.transfers }, contradiction: reason, field, taken: merged.taken };
}

/** A message without money: its status counts for the invoice, its amounts are what was asked for. */
function mergeQuote(state: State, event: Event): Step {
  const claim = event.payments[0];
  const rank = evidence(event);
  const status = betterStatus(state.status, event.status);
  if (!claim) return { state: { ...state, status }, contradiction: null, field: null, taken: true };
  const known = state.quote;
  const amounts = keepAmounts(known?.amounts ?? {}, claim.amounts, rank);
  const quote = {
    amount: keepDecimal(known?.amount, claim.amount, rank),
    amountUsd: keepDecimal(known?.amountUsd, claim.amountUsd, rank),
    amounts: amounts.registers,
  };
  const field =
    (conflictsDecimal(known?.amount, claim.amount, rank) && 'amount_crypto') ||
    (conflictsDecimal(known?.amountUsd, claim.amountUsd, rank) && 'amount_usd') ||
    amounts.conflict;
  return { state: { ...state, status, quote }, contradiction: field ? 'fact_differs' : null, field, taken: true };
}

function mergeSession(state: State, { event, receivedAt }: Receipt): Step {
  const rank = evidence(event);
  const { claims, contradiction } = onePerId(event.payments);
  const merged = mergePayments(state.payments, claims, event.status.word, rank, receivedAt);
  if (merged.contradiction) return { state, contradiction: merged.contradiction, field: 'amount', taken: false };
  const { payments, conflict } = merged;
  const voids = event.status.word === 'voided' && event.payments.length === 0;
  const voidedAt = voids ? earlier(state.voidedAt, receivedAt) : state.voidedAt;
  const refunds = mergeRefund(state.refunds, event.refunded, receivedAt);
  const next = { ...state, payments, voidedAt, refunds, status: betterStatus(state.status, event.status) };
  if (refundsExceed(next) && (speaksOfRefunds(event) || !refundsExceed(state))) {
    return { state: next, contradiction: 'refund_exceeds_payment', field: 'refunded_amount', taken: true };
  }
  if (contradiction) return { state: next, contradiction, field: 'amount', taken: true };
  return { state: next, contradiction: conflict ? 'fact_differs' : null, field: conflict, taken: true };
}

function mergeFacts(state: State, { event }: Receipt): Step {
  const rank = evidence(event);
  const facts = keepAll(state.facts, event.facts, rank);
  const people = keepAll(state.people, event.people, rank);
  const field = facts.conflict ?? people.conflict;
  const next = { ...state, facts: facts.registers, people: people.registers };
  return { state: next, contradiction: field ? 'fact_differs' : null, field, taken: true };
}

function speaksOfRefunds(event: Event): boolean {
  return event.refunded !== undefined || event.payments.some(({ refunded }) => refunded !== undefined);
}

function refundsExceed({ payments, refunds }: State): boolean {
  const paid = paidPayments(payments);
  const amounts = paid.flatMap(({ stages }) => stages.paid?.amount ?? []);
  const together = amounts.length > 0 ? amounts.reduce(add) : null;
  return exceeds(refunds, together) || paid.some((payment) => exceeds(payment.refunds, payment.stages.paid?.amount));
}

function mergeParcel(state: State, { event, receivedAt }: Receipt): Step {
  const delivery = event.delivery ? mergeDelivery(state.delivery, event.delivery, receivedAt) : state.delivery;
  return { state: { ...state, delivery }, contradiction: null, field: null, taken: true };
}

function mergeDelivery(known: DeliveryState | null, claim: DeliveryClaim, receivedAt: Instant): DeliveryState {
  return {
    waybills: union(known?.waybills ?? [], claim.waybills),
    failureReasons: union(known?.failureReasons ?? [], claim.failureReasons),
    carrier: mergeCarrier(known?.carrier ?? null, claim.carrier, receivedAt),
  };
}

function attentionOf(before: State, { event, receivedAt }: Receipt): readonly string[] {
  const flags: readonly string[] = event.flags.map((flag) => flag.code).filter((code) => STAFF_FLAGS.has(code));
  const codes = fieldsAhead(event, receivedAt).length > 0 ? [...flags, 'time_ahead'] : flags;
  const parcel = event.delivery;
  const known = before.delivery;
  if (!parcel || !known || known.waybills.length === 0) return codes;
  const fails = parcel.failureReasons.some((reason) => !known.failureReasons.includes(reason));
  // The message of a second parcel's failure may name the first one's waybill; that of a success names a new one.
  const succeeds = parcel.waybills.some((waybill) => !known.waybills.includes(waybill));
  return fails && !succeeds ? [...codes, 'failure_after_waybill'] : codes;
}

const STAFF_FLAGS: ReadonlySet<string> = new Set([
  'unreadable_field',
  'not_money',
  'amounts_disagree',
  'unknown_status',
]);

const GRADES: readonly Grade[] = ['jwt_unbound', 'rsa_legacy', 'jwt', 'rsa'];

function betterGrade(a: Grade, b: Grade): Grade {
  return GRADES.indexOf(b) > GRADES.indexOf(a) ? b : a;
}

function evidence(event: Event): number {
  return evidenceRank(event.status.word) + event.status.step / 100;
}

/** What the messages so far tell, each thing once. */
function told(state: State): unknown {
  const { transfers } = state;
  return { ...state, transfers: withoutTwins(transfers), believed: believed(transfers), overall: statusOf(state) };
}

/** Marks that depend on the order of processing. Of times of receipt the earliest counts, whenever it is processed. */
const NOT_BELIEVED: ReadonlySet<string> = new Set(['attention', 'first', 'ahead']);
