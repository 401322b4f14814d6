import { and, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { matchingActs, visibleActs } from '@/lib/audit/conditions';
import { auditLog, deliveries, invoices, postbacks, transactions } from '@/lib/db/schema';
import { matching as matchingDeliveries } from '@/lib/deliveries/conditions';
import { matchingApart, matching as matchingInvoices } from '@/lib/invoices/conditions';
import type { TestChoice } from '@/lib/lists/filter-kinds';
import { matching as matchingLog } from '@/lib/postbacks/log';
import type { Access } from '@/lib/staff/access';
import { matching as matchingTransactions } from '@/lib/transactions/conditions';
import { isStatement } from './preset-names';
import type { ExportRequest } from './request';

/**
 * The condition of each file. A list and its file have the same one, the list's own; a file only adds that it may be of
 * several projects. `test`: which test rows there are, for counting those that are left out.
 */

function ofChosen(column: PgColumn, { projects }: ExportRequest): SQL | undefined {
  return projects.length > 0 ? inArray(column, [...projects]) : undefined;
}

/** Dollars for crypto money, as the provider gives them; the currency of the payment for all other. */
export const isCrypto: SQL = sql`${invoices.state} ->> 'bookkeeping' = 'transfers'`;
export const fileCurrency: SQL<string> = sql`case when ${isCrypto} then 'USD' else coalesce(${transactions.currency}, '') end`;
export const fileAmount: SQL = sql`case when ${isCrypto} then ${transactions.amountUsd} else ${transactions.amount} end`;
/** Of a program that takes coins. */
export const coin: SQL<string> = sql`coalesce(${transactions.currency}, '')`;

/** Of the main file: transactions dated in the period, of invoices that match everything else. */
export function ofTransactions(
  access: Access,
  request: ExportRequest,
  test: TestChoice = request.test,
): SQL | undefined {
  const { view, filters, preset } = request;
  const transactionRows = { ...filters.transactions, test };
  if (view === 'transactions') {
    const { status } = filters.invoices;
    return and(
      matchingTransactions(access, transactionRows),
      status.length > 0 ? inArray(invoices.status, [...status]) : undefined,
      ofChosen(transactions.projectId, request),
    );
  }
  return and(
    matchingApart(access, { ...filters.invoices, test: 'include' }),
    matchingTransactions(access, { ...transactionRows, q: '', provider: null, min: null, max: null }),
    ofChosen(transactions.projectId, request),
    isStatement(preset) ? isNotNull(fileAmount) : undefined,
  );
}

export function asksForExpected({ expected, filters }: ExportRequest): boolean {
  return expected || filters.transactions.kind.includes('expected');
}

export const isExpected: SQL = sql`${transactions.kind} = 'expected'`;

export function ofInvoices(access: Access, request: ExportRequest, test: TestChoice = request.test): SQL | undefined {
  return and(matchingInvoices(access, { ...request.filters.invoices, test }), ofChosen(invoices.projectId, request));
}

export function ofDeliveries(access: Access, request: ExportRequest, test: TestChoice = request.test): SQL | undefined {
  const { deliveries: filter, invoices: ofInvoice } = request.filters;
  return and(
    matchingDeliveries(access, { ...filter, test }),
    ofChosen(deliveries.projectId, request),
    ofInvoice.min || ofInvoice.max
      ? matchingApart(access, { ...ofInvoice, q: '', provider: null, test: 'include' })
      : undefined,
  );
}

/** Whose acts one may see is asked by the audit log itself: it has acts of no project. */
export function ofActs(access: Access, request: ExportRequest): SQL | undefined {
  return and(visibleActs(access), matchingActs(request.filters.audit), ofChosen(auditLog.projectId, request));
}

export function ofPostbacks(access: Access, request: ExportRequest, test: TestChoice = request.test): SQL | undefined {
  return and(matchingLog(access, { ...request.filters.postbacks, test }), ofChosen(postbacks.projectId, request));
}
