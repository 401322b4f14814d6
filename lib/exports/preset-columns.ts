import { coinOf } from '@/lib/currency-code';
import { add } from '@/lib/money';
import { clip } from '@/lib/visible';
import { amount, type Column, orderText, text } from './column';
import { cryptoAmount, currencyOf, grossOf, type Movement, orderOf } from './movement';
import { movementColumns, type Zoned } from './movement-columns';
import type { PresetId } from './preset-names';

/** What other programs read, and what an accountant needs of the main file. */
export function presetColumns(preset: PresetId, zoned: Zoned): readonly Column<Movement>[] {
  const every = movementColumns(zoned);
  const columns = {
    everything: () => every,
    accounting: () => ACCOUNTING.flatMap((name) => every.find((column) => column.name === name) ?? []),
    xero: () => xeroColumns(zoned),
    quickbooks: () => quickBooksColumns(zoned),
    koinly: koinlyColumns,
  } satisfies Record<PresetId, () => readonly Column<Movement>[]>;
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
function xeroColumns({ clock }: Zoned): readonly Column<Movement>[] {
  return [
    text('Date', ({ occurredAt }) => clock(occurredAt).slice(0, 10)),
    amount('Amount', grossOf, currencyOf),
    text('Payee', ({ person, row }) => person.client_name ?? row.project),
    text('Description', describe),
    orderText('Reference', (movement) => clip(orderOf(movement) ?? movement.row.provider_invoice_id, LONGEST)),
  ];
}

/** Dates in the format its maker recommends. */
function quickBooksColumns({ clock }: Zoned): readonly Column<Movement>[] {
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

function describe(movement: Movement): string {
  const order = orderOf(movement);
  const about = order === null ? '' : `, order ${clip(order, LONGEST)}`;
  return `${KIND_WORD[movement.row.kind]}${about}, invoice ${clip(movement.row.provider_invoice_id, LONGEST)}, ${movement.row.provider}`;
}

/** Money in is received and money out is sent, both positive; times are UTC. */
function koinlyColumns(): readonly Column<Movement>[] {
  return [
    text('Date', ({ occurredAt }) => `${occurredAt.slice(0, 19).replace('T', ' ')} UTC`),
    amount('Sent Amount', (movement) => (isOut(movement) ? movement.row.amount.slice(1) : null), coinOfMovement),
    text('Sent Currency', (movement) => (isOut(movement) ? coinOfMovement(movement) : null)),
    amount('Received Amount', (movement) => (isOut(movement) ? null : movement.row.amount), coinOfMovement),
    text('Received Currency', (movement) => (isOut(movement) ? null : coinOfMovement(movement))),
    amount('Fee Amount', feeOf, coinOfMovement),
    text('Fee Currency', (movement) => (feeOf(movement) === null ? null : coinOfMovement(movement))),
    amount('Net Worth Amount', worthOf, () => 'USD'),
    text('Net Worth Currency', (movement) => (worthOf(movement) === null ? null : 'USD')),
    text('Label', (movement) => (movement.isCrypto && !isOut(movement) ? 'income' : null)),
    text('Description', describe),
    text('TxHash', ({ row }) => row.hashes || null),
  ];
}

function isOut({ row }: Movement): boolean {
  return row.amount.startsWith('-');
}

/** Koinly knows the coin, not its network. */
function coinOfMovement({ row }: Movement): string | null {
  return coinOf(row.currency);
}

function feeOf(movement: Movement): string | null {
  const fees = ['network_fee', 'service_fee'].flatMap((name) => cryptoAmount(movement, name) ?? []);
  return fees.length > 0 ? fees.reduce(add) : null;
}

function worthOf(movement: Movement): string | null {
  return movement.isCrypto ? movement.row.amount_usd : null;
}
