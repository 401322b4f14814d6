import type { SQL } from 'drizzle-orm';
import { type CellType, isDecimal } from '@/lib/csv';
import { databaseFor } from '@/lib/db/client';
import type { Position, Scan } from '@/lib/db/scan';
import { yieldToPriorityWork } from '@/lib/priority';
import type { Access } from '@/lib/staff/access';
import { type AuditRow, auditColumns } from './audit-columns';
import type { Column, Line } from './column';
import { type DeliveryRow, deliveryColumns, toDelivery } from './delivery-columns';
import { hashColumns, toHashRows } from './hash-columns';
import { clockOf } from './instants';
import { type InvoiceRow, invoiceColumns, toListedInvoice } from './invoice-columns';
import { itemColumns, toItemRows } from './item-columns';
import { type PostbackRow, postbackColumns } from './postback-columns';
import { presetColumns } from './preset-columns';
import type { ExportRequest } from './request';
import { auditScan, deliveryScan, invoiceScan, itemScan, postbackScan, transactionScan } from './sources';
import type { Tally } from './tally';
import { transactionColumns, type Zoned } from './transaction-columns';
import { type TransactionFileRow, toTransactionRecord } from './transaction-record';
import type { ViewId } from './view-names';

/** One file's contents: its header, and its lines as they are read. */
export interface Table {
  readonly header: readonly string[];
  readonly types: readonly CellType[];
  lines(tally: Tally): AsyncGenerator<readonly Line[], void, undefined>;
}

/** `part`: a further condition on the transactions, for one file of several. */
export function tableOf(access: Access, request: ExportRequest, part?: SQL): Table {
  const zoned = zonedOf(request);
  const { view } = request;
  if (view === 'invoices') {
    const columns = presetColumns(request.preset, zoned);
    return made(access, request, columns, transactionScan(access, request, part), (row: TransactionFileRow) => [
      toTransactionRecord(row),
    ]);
  }
  if (view === 'invoice_list') {
    return made(access, request, invoiceColumns(zoned), invoiceScan(access, request), (row: InvoiceRow) => [
      toListedInvoice(row),
    ]);
  }
  if (view === 'transactions') {
    const scan = transactionScan(access, request, part);
    return made(access, request, hashColumns(zoned), scan, (row: TransactionFileRow) =>
      toHashRows(toTransactionRecord(row)),
    );
  }
  if (view === 'items') return made(access, request, itemColumns(zoned), itemScan(access, request), toItemRows);
  if (view === 'deliveries') {
    return made(access, request, deliveryColumns(zoned), deliveryScan(access, request), (row: DeliveryRow) => [
      toDelivery(row),
    ]);
  }
  if (view === 'audit')
    return made(access, request, auditColumns(zoned), auditScan(access, request), (row: AuditRow) => [row]);
  return made(access, request, postbackColumns(zoned), postbackScan(access, request), (row: PostbackRow) => [row]);
}

function zonedOf({ zone }: { readonly zone: string }): Zoned {
  return { zone, clock: clockOf(zone) };
}

/** The names that `columns` may choose from. */
export function columnNames(view: ViewId): readonly string[] {
  const zoned = zonedOf({ zone: 'UTC' });
  const columns = {
    invoices: () => transactionColumns(zoned),
    invoice_list: () => invoiceColumns(zoned),
    transactions: () => hashColumns(zoned),
    items: () => itemColumns(zoned),
    deliveries: () => deliveryColumns(zoned),
    postbacks: () => postbackColumns(zoned),
    audit: () => auditColumns(zoned),
  } satisfies Record<ViewId, () => readonly { readonly name: string }[]>;
  return columns[view]().map(({ name }) => name);
}

/** So many rows take about a millisecond, which is as long as a postback may have to wait for them. */
const SLICE = 50;

function made<Read extends Position, Row>(
  access: Access,
  request: ExportRequest,
  every: readonly Column<Row>[],
  scan: Scan,
  toRows: (read: Read) => readonly Row[],
): Table {
  const columns = request.columns?.flatMap((name) => every.find((column) => column.name === name) ?? []) ?? every;
  return {
    header: columns.map(({ name }) => name),
    types: columns.map(({ type }) => type),
    async *lines(tally) {
      const database = await databaseFor(access);
      for await (const batch of database.scan<Read>(scan)) {
        for (let from = 0; from < batch.length; from += SLICE) {
          const lines: Line[] = [];
          for (const read of batch.slice(from, from + SLICE)) {
            for (const row of toRows(read)) lines.push(toLine(columns, row, tally));
          }
          yield lines;
          await yieldToPriorityWork();
        }
      }
    },
  };
}

function toLine<Row>(columns: readonly Column<Row>[], row: Row, tally: Tally): Line {
  tally.rows += 1;
  return columns.map((column) => {
    const cell = column.get(row);
    if (cell !== null && column.unit && isDecimal(cell)) tally.add(column.name, column.unit(row) ?? '', cell);
    return cell;
  });
}
