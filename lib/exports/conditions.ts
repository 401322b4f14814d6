import { and, eq, gte, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { matchingActs, visibleActs } from '@/lib/audit/conditions';
import { contains, inPeriod } from '@/lib/db/conditions';
import { auditLog, deliveries, invoices, postbacks, projects, transactions } from '@/lib/db/schema';
import { matching } from '@/lib/invoices/conditions';
import { inProjects, ofProvider } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { isStatement } from './preset-names';
import type { ExportRequest } from './request';

/** The conditions of each file: those of the screens, with the period on what the file has a row for. */

/** Which test rows there are; `all` counts them together with the others. */
export type Test = 'all' | boolean;

export function testOf({ test }: ExportRequest): Test {
  return test === 'include' ? 'all' : test === 'only';
}

function isTest(column: PgColumn, test: Test): SQL | undefined {
  return test === 'all' ? undefined : eq(column, test);
}

function within(column: PgColumn, { from, to, zone }: ExportRequest): SQL | undefined {
  return inPeriod(column, { from, to, tz: zone, q: '', provider: null, project: null, after: null });
}

/** Of the invoice itself: text, status, provider, projects, amount. */
function ofInvoice(access: Access, { invoices: filter, projects: chosen, view }: ExportRequest): SQL | undefined {
  const open = { ...filter, from: null, to: null, project: null, test: 'include' } as const;
  const own = view === 'transactions' ? { ...open, min: null, max: null } : open;
  return and(matching(access, own), chosen.length > 0 ? inArray(invoices.projectId, [...chosen]) : undefined);
}

/** Dollars for crypto money, as the provider gives them; the currency of the payment for all other. */
const isCrypto = sql`${invoices.state} ->> 'bookkeeping' = 'transfers'`;
export const fileCurrency: SQL<string> = sql`case when ${isCrypto} then 'USD' else coalesce(${transactions.currency}, '') end`;
export const fileAmount: SQL = sql`case when ${isCrypto} then ${transactions.amountUsd} else ${transactions.amount} end`;
/** Of a program that takes coins. */
export const coin: SQL<string> = sql`coalesce(${transactions.currency}, '')`;

/** `expected` cash on delivery; null: as asked for. */
export function ofMovements(access: Access, request: ExportRequest, test: Test = testOf(request)): SQL | undefined {
  const { view, kinds, invoices: filter, preset } = request;
  return and(
    ofInvoice(access, request),
    within(transactions.occurredAt, request),
    isTest(transactions.isTest, test),
    kinds.length > 0 ? inArray(transactions.kind, [...kinds]) : undefined,
    view === 'transactions' && filter.min ? gte(transactions.amount, filter.min) : undefined,
    view === 'transactions' && filter.max ? lte(transactions.amount, filter.max) : undefined,
    isStatement(preset) ? isNotNull(fileAmount) : undefined,
  );
}

export function asksForExpected({ expected, kinds }: ExportRequest): boolean {
  return expected || kinds.includes('expected');
}

export const isExpected: SQL = sql`${transactions.kind} = 'expected'`;

/** Invoices as their list shows them: by the dates of their movements, without any by their own. */
export function ofInvoices(access: Access, request: ExportRequest, test: Test = testOf(request)): SQL | undefined {
  const { from, to, zone, projects: chosen, invoices: filter } = request;
  return and(
    matching(access, { ...filter, from, to, tz: zone, project: null, test: 'include' }),
    chosen.length > 0 ? inArray(invoices.projectId, [...chosen]) : undefined,
    isTest(invoices.isTest, test),
  );
}

export function ofDeliveries(access: Access, request: ExportRequest, test: Test = testOf(request)): SQL | undefined {
  const { deliveryStatuses } = request;
  return and(
    ofInvoice(access, request),
    within(deliveries.updatedAt, request),
    isTest(invoices.isTest, test),
    deliveryStatuses.length > 0 ? inArray(deliveries.status, [...deliveryStatuses]) : undefined,
  );
}

/** Whose acts one may see is asked by the audit log itself: it has acts of no project. */
export function ofActs(access: Access, request: ExportRequest): SQL | undefined {
  const { projects: chosen, invoices: filter, who, actions: action } = request;
  return and(
    visibleActs(access),
    matchingActs({ q: filter.q, who, action }),
    chosen.length > 0 ? inArray(auditLog.projectId, [...chosen]) : undefined,
    filter.provider ? ofProvider(auditLog.projectId, filter.provider) : undefined,
    within(auditLog.at, request),
  );
}

export function ofPostbacks(access: Access, request: ExportRequest, test: Test = testOf(request)): SQL | undefined {
  const { outcomes, projects: chosen, invoices: filter } = request;
  const word = filter.q.toLowerCase().replace(/^inv-/, '');
  // What was refused was signed by nobody we know.
  const byTest = sql`(${postbacks.signer} is not distinct from 'test' or coalesce(${invoices.isTest}, false))`;
  return and(
    inProjects(access, postbacks.projectId),
    chosen.length > 0 ? inArray(postbacks.projectId, [...chosen]) : undefined,
    filter.provider ? eq(projects.provider, filter.provider) : undefined,
    outcomes.length > 0 ? inArray(postbacks.outcome, [...outcomes]) : undefined,
    word ? sql`lower(${invoices.providerInvoiceId}) like ${contains(word)}` : undefined,
    within(postbacks.receivedAt, request),
    test === 'all' ? undefined : test ? byTest : sql`not ${byTest}`,
  );
}
