import { withoutContactsInId } from '@/lib/contacts';
import { cashOf } from '@/lib/fold/cash';
import { nest } from '@/lib/fold/nesting';
import { countedPayments } from '@/lib/fold/payments';
import type { TransactionRow } from '@/lib/fold/rows';
import type { Payment, Quote, State, Transfer } from '@/lib/fold/state';
import { toTransactions } from '@/lib/fold/transactions';
import { believed } from '@/lib/fold/transfers';
import { add, isPositive, subtract } from '@/lib/money';
import type { Decimal } from '@/lib/providers/provider';
import { isStaticWallet } from './static-wallet';
import { isMoney } from './status';

/** The lines of the money table, in the order in which money moves. */
export const MONEY_LINES = [
  'due',
  'held',
  'paid',
  'difference',
  'returned',
  'network_fee',
  'service_fee',
  'surcharge',
  'received',
] as const;
export type MoneyLineName = (typeof MONEY_LINES)[number];

/** What may be summed over several transfers: each message names its own due and surcharge, so those may not. */
const ADDITIVE: readonly MoneyLineName[] = ['held', 'paid', 'returned', 'network_fee', 'service_fee', 'received'];

/** One amount, in the currency it was paid in and in US dollars where the provider says so; never summed together. */
export interface MoneyLine {
  readonly name: MoneyLineName;
  readonly own: Decimal | null;
  readonly usd: Decimal | null;
}

/** One transfer with its hashes, or one payment with its id. */
export interface MoneyPart {
  readonly hashes: readonly string[];
  readonly externalId: string | null;
  readonly lines: readonly MoneyLine[];
  /** The price in the order's currency, whose code no postback carries. */
  readonly price: Decimal | null;
}

export interface MoneyTable {
  readonly parts: readonly MoneyPart[];
  /** The sums, where there are several parts. */
  readonly together: readonly MoneyLine[];
}

type Amounts = Readonly<Partial<Record<string, Decimal>>>;

/** What was asked for, what came and what it cost, as the provider states it; only differences and sums are ours. */
export function moneyTable(state: State): MoneyTable {
  const { bookkeeping, providerInvoiceId } = state;
  const asked = !isStaticWallet(bookkeeping, providerInvoiceId);
  const parts = (bookkeeping === 'transfers' ? transferParts(state) : sessionParts(state))
    .map((part) => (asked ? part : withoutDue(part)))
    .filter((part) => part.lines.length > 0);
  return { parts, together: parts.length > 1 ? togetherLines(parts, refundsOf(state)) : [] };
}

/** What a wallet's transfer comes to, without an amount that nobody asked for. */
function withoutDue({ lines, ...part }: MoneyPart): MoneyPart {
  const asked: readonly MoneyLineName[] = ['due', 'difference', 'surcharge'];
  return { ...part, lines: lines.filter(({ name }) => !asked.includes(name)), price: null };
}

function transferParts(state: State): readonly MoneyPart[] {
  const { roots } = nest(believed(state.transfers));
  if (roots.length > 0) return roots.map(transferPart);
  return state.quote ? [quotePart(state.quote)] : [];
}

/** A transfer that contains others carries the running totals of them all. */
function transferPart({ hashes, amount, status, amountUsd, amounts }: Transfer): MoneyPart {
  const said = valuesOf(amounts);
  const arrived = isMoney(status.word) ? { paid: amount, paid_usd: amountUsd?.v } : {};
  return partOf(hashes, null, { ...present(arrived), ...said });
}

function quotePart({ amount, amounts }: Quote): MoneyPart {
  return partOf([], null, { ...present({ due: amount?.v }), ...valuesOf(amounts) });
}

const ASKED = ['created', 'processing', 'expired', 'failed'] as const;

function sessionParts(state: State): readonly MoneyPart[] {
  const cash = cashOf(state);
  const isReceived = cash === null || cash === 'received';
  const counted = countedPayments(state.payments);
  const refunds = refundsOf(state);
  return counted.map((payment) => {
    // A refund of the whole session is that of its only payment.
    const own = refunds.filter(({ key }) => key[0] === payment.externalId || counted.length === 1);
    return paymentPart(payment, isReceived, sumOf(own));
  });
}

/** A hold may be captured in part, so what was held stands beside what was paid. Cash that is not there is only due. */
function paymentPart({ externalId, stages }: Payment, isReceived: boolean, returned: Decimal | null): MoneyPart {
  const asked = ASKED.map((stage) => stages[stage]?.amount).find(Boolean);
  const paid = stages.paid?.amount;
  const money = isReceived ? { due: asked, paid } : { due: paid ?? asked };
  return partOf([], externalId || null, present({ ...money, held: stages.on_hold?.amount, returned }));
}

function refundsOf(state: State): readonly TransactionRow[] {
  return toTransactions(state).filter(({ kind }) => kind === 'refund');
}

function sumOf(rows: readonly TransactionRow[]): Decimal | null {
  return rows.length === 0 ? null : rows.map(({ amount }) => amount).reduce(add);
}

function partOf(hashes: readonly string[], externalId: string | null, amounts: Amounts): MoneyPart {
  const line = (name: MoneyLineName): MoneyLine => ({ name, ...amountOf(name, amounts) });
  const lines = MONEY_LINES.map(line).filter(({ own, usd }) => own !== null || usd !== null);
  return {
    hashes,
    externalId: externalId && withoutContactsInId(externalId),
    lines,
    price: amounts.fiat_amount ?? null,
  };
}

function amountOf(name: MoneyLineName, amounts: Amounts): Pick<MoneyLine, 'own' | 'usd'> {
  if (name !== 'difference') return { own: amounts[name] ?? null, usd: amounts[`${name}_usd`] ?? null };
  return {
    own: difference(amounts.paid, amounts.due ?? amounts.held),
    usd: difference(amounts.paid_usd, amounts.due_usd),
  };
}

function difference(paid: Decimal | undefined, due: Decimal | undefined): Decimal | null {
  return paid === undefined || due === undefined || !isPositive(due) ? null : subtract(paid, due);
}

/** A sum is only a sum where every part says its number. */
function togetherLines(parts: readonly MoneyPart[], refunds: readonly TransactionRow[]): readonly MoneyLine[] {
  const sum = (name: MoneyLineName, unit: 'own' | 'usd'): Decimal | null => {
    const values = parts.map(({ lines }) => lines.find((line) => line.name === name)?.[unit] ?? null);
    return values.reduce((total, value) => (total === null || value === null ? null : add(total, value)));
  };
  const own = (name: MoneyLineName): Decimal | null => (name === 'returned' ? sumOf(refunds) : sum(name, 'own'));
  const lines = ADDITIVE.map((name): MoneyLine => ({ name, own: own(name), usd: sum(name, 'usd') }));
  return lines.filter((line) => line.own !== null || line.usd !== null);
}

function valuesOf(registers: State['facts']): Amounts {
  return Object.fromEntries(Object.entries(registers).map(([name, known]) => [name, known.v]));
}

function present(amounts: Readonly<Record<string, Decimal | null | undefined>>): Amounts {
  const known = Object.entries(amounts).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(known);
}
