import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { deliveries, invoices, postbacks, projects, transactions } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import {
  asksForExpected,
  fileAmount,
  isCrypto,
  isExpected,
  ofDeliveries,
  ofInvoices,
  ofPostbacks,
  ofTransactions,
} from './conditions';
import { isStatement } from './preset-names';
import { toQuery } from './query';
import type { ExportRequest } from './request';

/** What a file leaves out, each for its own reason. */
export interface LeftOut {
  /** Test money, unless asked for. */
  readonly test: number;
  /** Cash on delivery that has not been paid out, unless asked for. */
  readonly expected: number;
  /** Matching invoices without a transaction in the period; the main file alone has them. */
  readonly unmoved: number;
  /** Transactions without an amount in the currency of a statement. */
  readonly unpriced: number;
}

export async function countLeftOut(access: Access, request: ExportRequest): Promise<LeftOut> {
  if (isOfMoney(request)) return ofMoney(access, request);
  const test = request.test === 'exclude' ? await countTest(access, request) : 0;
  return { test, expected: 0, unmoved: 0, unpriced: 0 };
}

/** What stands in a file and is easily taken for something else. */
export interface Included {
  /** Test rows that were asked for: their amounts are in the sums. */
  readonly test: number;
  /** Cash on delivery that was asked for and is not received: it is in the sums too. */
  readonly expected: number;
  /** Crypto payments whose provider sent no amount in US dollars: their fiat amounts and rate are empty. */
  readonly withoutUsd: number;
}

export async function countIncluded(access: Access, request: ExportRequest): Promise<Included> {
  const test = request.test === 'include' ? await countTest(access, request) : 0;
  if (!isOfMoney(request)) return { test, expected: 0, withoutUsd: 0 };
  const shown = asksForExpected(request) ? undefined : sql`not ${isExpected}`;
  const withoutUsd = await count(
    access,
    MOVEMENTS,
    and(ofTransactions(access, request), shown, isCrypto, isNull(transactions.amountUsd)),
  );
  const expected = asksForExpected(request)
    ? await count(access, MOVEMENTS, and(ofTransactions(access, request), isExpected))
    : 0;
  return { test, expected, withoutUsd };
}

function isOfMoney({ view }: ExportRequest): boolean {
  return view === 'invoices' || view === 'transactions';
}

const MOVEMENTS = sql`${transactions}
  join ${invoices} on ${invoices.id} = ${transactions.invoiceId}
  join ${projects} on ${projects.id} = ${transactions.projectId}`;

async function ofMoney(access: Access, request: ExportRequest): Promise<LeftOut> {
  // Of a statement too, all that lies in the period is looked at, or nothing could be missed.
  const all = ofTransactions(access, { ...request, preset: 'everything' }, 'include');
  const counted = asksForExpected(request) ? sql`true` : sql`not ${isExpected}`;
  const real = request.test === 'exclude' ? sql`not ${transactions.isTest}` : sql`true`;
  const priceless = isStatement(request.preset) ? sql`${fileAmount} is null` : sql`false`;
  const [row] = await select<{ test: number; expected: number; unpriced: number }>(
    access,
    sql`
    select (count(*) filter (where not ${real} and ${counted}))::int as test,
      (count(*) filter (where ${real} and not ${counted}))::int as expected,
      (count(*) filter (where ${real} and ${counted} and ${priceless}))::int as unpriced
    from ${MOVEMENTS}
    where ${all ?? sql`true`} and (not ${real} or not ${counted} or ${priceless})`,
  );
  const { test = 0, expected = 0, unpriced = 0 } = row ?? {};
  return { test, expected, unpriced, unmoved: request.view === 'invoices' ? await countUnmoved(access, request) : 0 };
}

/** Whatever was or is to be paid: an invoice whose cash is left out is not one without a transaction. */
function countUnmoved(access: Access, request: ExportRequest): Promise<number> {
  const none = sql`not exists (select 1 from ${transactions} where ${transactions.invoiceId} = ${invoices.id})`;
  return count(
    access,
    sql`${invoices} join ${projects} on ${projects.id} = ${invoices.projectId}`,
    and(ofInvoices(access, request), none),
  );
}

function countTest(access: Access, request: ExportRequest): Promise<number> {
  // Nobody acts as a test.
  if (request.view === 'audit') return Promise.resolve(0);
  if (isOfMoney(request)) {
    const shown = asksForExpected(request) ? undefined : sql`not ${isExpected}`;
    return count(access, MOVEMENTS, and(ofTransactions(access, request, 'only'), shown));
  }
  const ofProject = (column: SQL): SQL => sql`join ${projects} on ${projects.id} = ${column}`;
  if (request.view === 'items') {
    const from = sql`${invoices} ${ofProject(sql`${invoices.projectId}`)},
      json_array_elements(${invoices.state} -> 'payments') payment, json_array_elements(payment -> 'items' -> 'v') item`;
    return count(access, from, ofInvoices(access, request, 'only'));
  }
  if (request.view === 'invoice_list') {
    return count(
      access,
      sql`${invoices} ${ofProject(sql`${invoices.projectId}`)}`,
      ofInvoices(access, request, 'only'),
    );
  }
  if (request.view === 'deliveries') {
    const from = sql`${deliveries} join ${invoices} on ${invoices.id} = ${deliveries.invoiceId} ${ofProject(sql`${deliveries.projectId}`)}`;
    return count(access, from, ofDeliveries(access, request, 'only'));
  }
  const from = sql`${postbacks} ${ofProject(sql`${postbacks.projectId}`)} left join ${invoices} on ${invoices.id} = ${postbacks.invoiceId}`;
  return count(access, from, ofPostbacks(access, request, 'only'));
}

async function count(access: Access, from: SQL, where: SQL | undefined): Promise<number> {
  const [row] = await select<{ count: number }>(
    access,
    sql`select count(*)::int as count from ${from} where ${where ?? sql`true`}`,
  );
  return row?.count ?? 0;
}

async function select<Row>(access: Access, statement: SQL): Promise<Row[]> {
  const { text, parameters } = toQuery(statement);
  const database = await databaseFor(access);
  return database.run<Row>({ name: null, text }, parameters);
}
