import { coinOf } from '@/lib/currency-code';
import { add } from '@/lib/money';
import { clip } from '@/lib/visible';
import { amount, type Column, orderText, text } from './column';
import type { PresetId } from './preset-names';
import { transactionColumns, type Zoned } from './transaction-columns';
import { cryptoAmount, currencyOf, grossOf, orderOf, type TransactionRecord } from './transaction-record';

/** What other programs read, and what an accountant needs of the main file. */
export function presetColumns(preset: PresetId, zoned: Zoned): readonly Column<TransactionRecord>[] {
  const every = transactionColumns(zoned);
  const columns = {
    everything: () => every,
    accounting: () => ACCOUNTING.flatMap((name) => every.find((column) => column.name === name) ?? []),
    xero: () => xeroColumns(zoned),
    quickbooks: () => quickBooksColumns(zoned),
    koinly: koinlyColumns,
  } satisfies Record<PresetId, () => readonly Column<TransactionRecord>[]>;
  return columns[preset]();
}

const ACCOUNTING = [
  ...[
    'row_id',
    'kind',
    'provider',
    'project',
    'order_id',
    'invoice_id',
    'status',
    'paid_at_local',
    'timezone',
    'method',
  ],
  ...['currency', 'gross', 'network_fee', 'service_fee', 'net', 'asset', 'crypto_paid', 'crypto_received'],
  ...['difference', 'difference_currency', 'tx_hash', 'customer_name', 'is_test', 'note'],
];

/** Dates as every Xero organisation takes them, whatever its own format. */
function xeroColumns({ clock }: Zoned): readonly Column<TransactionRecord>[] {
  return [
    text('Date', ({ occurredAt }) => clock(occurredAt).slice(0, 10)),
    amount('Amount', grossOf, currencyOf),
    text('Payee', ({ person, row }) => person.client_name ?? row.project),
    text('Description', describe),
    orderText('Reference', (transaction) => clip(orderOf(transaction) ?? transaction.row.provider_invoice_id, LONGEST)),
  ];
}

/** Dates in the format its maker recommends. */
function quickBooksColumns({ clock }: Zoned): readonly Column<TransactionRecord>[] {
  return [
    text('Date', ({ occurredAt }) => {
      const [year, month, day] = clock(occurredAt).slice(0, 10).split('-');
      return `${day}/${month}/${year}`;
    }),
    text('Description', describe),
    amount('Amount', grossOf, currencyOf),
  ];
}

/** Importers cut long texts, and QuickBooks takes no file of more than 350 KB. */
const LONGEST = 80;

const KIND_WORD = { payment: 'Payment', top_up: 'Top-up', refund: 'Refund', expected: 'Expected cash' } as const;

function describe(transaction: TransactionRecord): string {
  const order = orderOf(transaction);
  const about = order === null ? '' : `, order ${clip(order, LONGEST)}`;
  return `${KIND_WORD[transaction.row.kind]}${about}, invoice ${clip(transaction.row.provider_invoice_id, LONGEST)}, ${transaction.row.provider}`;
}

/** Money in is received and money out is sent, both positive; times are UTC. */
function koinlyColumns(): readonly Column<TransactionRecord>[] {
  return [
    text('Date', ({ occurredAt }) => `${occurredAt.slice(0, 19).replace('T', ' ')} UTC`),
    amount(
      'Sent Amount',
      (transaction) => (isOut(transaction) ? transaction.row.amount.slice(1) : null),
      coinOfTransaction,
    ),
    text('Sent Currency', (transaction) => (isOut(transaction) ? coinOfTransaction(transaction) : null)),
    amount('Received Amount', (transaction) => (isOut(transaction) ? null : transaction.row.amount), coinOfTransaction),
    text('Received Currency', (transaction) => (isOut(transaction) ? null : coinOfTransaction(transaction))),
    amount('Fee Amount', feeOf, coinOfTransaction),
    text('Fee Currency', (transaction) => (feeOf(transaction) === null ? null : coinOfTransaction(transaction))),
    amount('Net Worth Amount', worthOf, () => 'USD'),
    text('Net Worth Currency', (transaction) => (worthOf(transaction) === null ? null : 'USD')),
    text('Label', (transaction) => (transaction.isCrypto && !isOut(transaction) ? 'income' : null)),
    text('Description', describe),
    text('TxHash', ({ row }) => row.hashes || null),
  ];
}

function isOut({ row }: TransactionRecord): boolean {
  return row.amount.startsWith('-');
}

/** Koinly knows the coin, not its network. */
function coinOfTransaction({ row }: TransactionRecord): string | null {
  return coinOf(row.currency);
}

function feeOf(transaction: TransactionRecord): string | null {
  const fees = ['network_fee', 'service_fee'].flatMap((name) => cryptoAmount(transaction, name) ?? []);
  return fees.length > 0 ? fees.reduce(add) : null;
}

function worthOf(transaction: TransactionRecord): string | null {
  return transaction.isCrypto ? transaction.row.amount_usd : null;
}
