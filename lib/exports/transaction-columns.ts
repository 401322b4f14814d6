import { divide, isPositive, subtract } from '@/lib/money';
import type { TransactionKind } from '@/lib/transactions/status';
import { amount, type Column, figure, orderText, text, time } from './column';
import { instantOf } from './instants';
import {
  assetOf,
  cryptoAmount,
  currencyOf,
  factOf,
  grossOf,
  itemsText,
  networkOfTransaction,
  orderOf,
  type TransactionRecord,
  testWord,
} from './transaction-record';

export interface Zoned {
  readonly zone: string;
  readonly clock: (instant: string) => string;
}

/** The main file. The order is a promise: a new column comes last. */
export function transactionColumns({ zone, clock }: Zoned): readonly Column<TransactionRecord>[] {
  return [
    text('row_id', ({ rowId }) => rowId),
    text('kind', ({ row }) => row.kind),
    text('provider', ({ row }) => row.provider),
    text('project', ({ row }) => row.project),
    orderText('order_id', orderOf),
    text('invoice_id', ({ row }) => row.provider_invoice_id),
    text('status', ({ row }) => row.status),
    text('status_raw', ({ row }) => row.status_raw),
    time('paid_at_utc', ({ occurredAt }) => occurredAt),
    time('paid_at_local', ({ occurredAt }) => clock(occurredAt)),
    text('timezone', () => zone),
    text('time_source', ({ row }) => row.time_source),
    time('created_at_utc', ({ row }) => instantOf(row.created_at)),
    // What is dated by its receipt says so itself.
    time('received_at_utc', ({ row, believed, occurredAt }) =>
      row.time_source === 'receipt' ? occurredAt : believed.receivedAt,
    ),
    text('method', (transaction) => factOf(transaction, 'method') ?? (transaction.isCrypto ? 'crypto' : null)),
    text('asset', assetOf),
    text('network', networkOfTransaction),
    ...cryptoAmounts(),
    text('currency', currencyOf),
    ...fiatAmounts(),
    figure('exchange_rate', rateOf),
    text('rate_source', (transaction) => (rateOf(transaction) === null ? null : 'provider_amounts')),
    text('fee_payer', (transaction) => factOf(transaction, 'fee_payer')),
    amount('difference', differenceOf, assetOf),
    text('difference_currency', (transaction) => (hasDifference(transaction) ? assetOf(transaction) : null)),
    text('tx_hash', ({ row }) => row.hashes || null),
    text('address', (transaction) => factOf(transaction, 'address')),
    { ...text('customer_name', ({ person }: TransactionRecord) => person.client_name ?? null), people: true },
    { name: 'customer_phone', type: 'phone', get: ({ person }) => person.client_phone ?? null, people: true },
    text('waybills', ({ row }) => row.waybills),
    text('waybill_status', ({ row }) => row.delivery_status),
    text('waybill_error', ({ row }) => row.failure_reasons),
    text('items', ({ believed }) => itemsText(believed.items)),
    text('is_test', ({ row }) => testWord(row)),
    text('verified', ({ state }) => state.verified()),
    figure('postbacks', ({ row }) => String(row.postbacks)),
    text('note', noteOf),
  ];
}

function cryptoAmounts(): readonly Column<TransactionRecord>[] {
  return [
    amount('crypto_due', (transaction) => cryptoAmount(transaction, 'due'), assetOf),
    amount('crypto_paid', ({ isCrypto, row }) => (isCrypto ? row.amount : null), assetOf),
    amount('crypto_network_fee', (transaction) => cryptoAmount(transaction, 'network_fee'), assetOf),
    amount('crypto_service_fee', (transaction) => cryptoAmount(transaction, 'service_fee'), assetOf),
    amount('crypto_received', (transaction) => cryptoAmount(transaction, 'received'), assetOf),
  ];
}

/** NovaPay names no fees, so they are unknown, which is not zero; and so is what is left after them. */
function fiatAmounts(): readonly Column<TransactionRecord>[] {
  return [
    amount('gross', grossOf, currencyOf),
    amount('network_fee', (transaction) => cryptoAmount(transaction, 'network_fee_usd'), currencyOf),
    amount('service_fee', (transaction) => cryptoAmount(transaction, 'service_fee_usd'), currencyOf),
    amount('net', (transaction) => cryptoAmount(transaction, 'received_usd'), currencyOf),
  ];
}

/**
 * What was paid beyond what was asked for, in the coin, so that the rows of an invoice add up to its own difference: a
 * top-up was asked for nothing. A static wallet, for which nothing is due, has no difference.
 */
function differenceOf(transaction: TransactionRecord): string | null {
  const due = cryptoAmount(transaction, 'due');
  return due !== null && hasDifference(transaction) ? subtract(transaction.row.amount, due) : null;
}

function hasDifference(transaction: TransactionRecord): boolean {
  const due = cryptoAmount(transaction, 'due');
  return due !== null && (transaction.row.kind === 'top_up' || isPositive(due));
}

const RATE_DIGITS = 12;

/** Dollars for a coin, where the provider sent both amounts; a rate is never taken from anywhere else. */
function rateOf({ isCrypto, row }: TransactionRecord): string | null {
  return isCrypto && row.amount_usd !== null ? divide(row.amount_usd, row.amount, RATE_DIGITS) : null;
}

/** What a transaction is of the cash of a parcel. */
const CASH_NOTES: Readonly<Partial<Record<TransactionKind, Readonly<Record<string, string>>>>> = {
  expected: {
    expected: 'cash on delivery: expected, not received',
    collected: 'cash on delivery: collected, payout on its way',
  },
  payment: { received: 'cash on delivery: received' },
};

function noteOf(transaction: TransactionRecord): string | null {
  const notes = [
    CASH_NOTES[transaction.row.kind]?.[transaction.row.cash_on_delivery ?? ''] ?? null,
    transaction.isCrypto && transaction.row.amount_usd === null ? 'the provider sent no amount in USD' : null,
    feesNote(transaction),
  ].filter((note) => note !== null);
  return notes.length > 0 ? notes.join(' | ') : null;
}

const FEES = ['network_fee_usd', 'service_fee_usd', 'received_usd'] as const;

/** The provider's digits win; where they do not add up the file says by how much. */
function feesNote(transaction: TransactionRecord): string | null {
  const gross = grossOf(transaction);
  const [networkFee, serviceFee, net] = FEES.map((name) => cryptoAmount(transaction, name));
  if (!gross || !networkFee || !serviceFee || !net) return null;
  const rest = subtract(gross, networkFee, serviceFee, net);
  if (!/[1-9]/.test(rest)) return null;
  return `gross - network_fee - service_fee is ${rest.replace('-', '')} ${rest.startsWith('-') ? 'less' : 'more'} than net`;
}
