import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Scan } from '@/lib/db/scan';
import { auditChain, auditLog, deliveries, invoices, postbacks, projects, staff, transactions } from '@/lib/db/schema';
import { amountKey } from '@/lib/invoices/conditions';
import type { Access } from '@/lib/staff/access';
import { MONEY_KINDS } from '@/lib/transactions/queries';
import {
  asksForExpected,
  isExpected,
  ofActs,
  ofDeliveries,
  ofInvoices,
  ofPostbacks,
  ofTransactions,
} from './conditions';
import { scanOf, utc } from './query';
import type { ExportRequest } from './request';

/** What each file reads. Every column by name: a row that is not asked for is not carried. */

const ofProject = sql`${projects.provider} as provider, ${projects.name} as project`;

const theInvoice = sql`${invoices.providerInvoiceId} as provider_invoice_id, ${invoices.signer} as signer,
  ${invoices.orderId} as order_id, ${invoices.status} as status, ${invoices.isTest} as is_test,
  ${invoices.testModeKnown} as test_mode_known, ${invoices.state}::text as state`;

/** Without people nothing sealed leaves the database. */
function people(request: ExportRequest): SQL {
  if (!request.people) return sql`null as invoice_id, null as people, null as key_id`;
  return sql`${invoices.id}::text as invoice_id, ${invoices.people} as people, ${invoices.encryptionKeyId} as key_id`;
}

/** `part`: a further condition, for one file of several. */
export function transactionScan(access: Access, request: ExportRequest, part?: SQL): Scan {
  const expected = asksForExpected(request) ? undefined : sql`not ${isExpected}`;
  return scanOf({
    select: sql`${transactions.kind} as kind, ${transactions.amount} as amount, ${transactions.currency} as currency,
        ${transactions.amountUsd} as amount_usd, array_to_string(${transactions.txHashes}, ' ') as hashes,
        ${transactions.externalId} as external_id, ${transactions.timeSource} as time_source, ${ofProject}, ${theInvoice},
        ${invoices.statusRaw} as status_raw, ${invoices.cashOnDelivery} as cash_on_delivery,
        ${utc(invoices.createdAt)} as created_at,
        ${deliveries.status} as delivery_status, array_to_string(${deliveries.waybills}, ' ') as waybills,
        array_to_string(${deliveries.failureReasons}, ' | ') as failure_reasons,
        (select count(*) from ${postbacks} where ${postbacks.invoiceId} = ${invoices.id})::int as postbacks,
        ${people(request)}
      from ${transactions}
      join ${invoices} on ${invoices.id} = ${transactions.invoiceId}
      join ${projects} on ${projects.id} = ${transactions.projectId}
      left join ${deliveries} on ${deliveries.invoiceId} = ${transactions.invoiceId}`,
    where: and(ofTransactions(access, request), expected, part),
    at: transactions.occurredAt,
    id: transactions.id,
    amount: transactions.amount,
    sort: request.sort,
  });
}

export function invoiceScan(access: Access, request: ExportRequest): Scan {
  const received = inArray(transactions.kind, [...MONEY_KINDS]);
  return scanOf({
    select: sql`${ofProject}, ${theInvoice}, ${invoices.statusRaw} as status_raw, ${invoices.currency} as currency,
        ${invoices.cashOnDelivery} as cash_on_delivery,
        ${invoices.amount} as amount, ${invoices.amountUsd} as amount_usd, ${utc(invoices.paidAt)} as paid_at,
        ${invoices.timeSource} as time_source, ${utc(invoices.updatedAt)} as updated_at,
        array_to_string(${invoices.attention}, ' ') as attention,
        (select sum(${transactions.amount}) from ${transactions}
          where ${transactions.invoiceId} = ${invoices.id} and ${received})::text as received,
        ${deliveries.status} as delivery_status, array_to_string(${deliveries.waybills}, ' ') as waybills,
        array_to_string(${deliveries.failureReasons}, ' | ') as failure_reasons,
        (select count(*) from ${postbacks} where ${postbacks.invoiceId} = ${invoices.id})::int as postbacks,
        ${people(request)}
      from ${invoices}
      join ${projects} on ${projects.id} = ${invoices.projectId}
      left join ${deliveries} on ${deliveries.invoiceId} = ${invoices.id}`,
    where: ofInvoices(access, request),
    at: invoices.createdAt,
    id: invoices.id,
    amount: amountKey,
    sort: request.sort,
  });
}

export function itemScan(access: Access, request: ExportRequest): Scan {
  return scanOf({
    select: sql`${ofProject}, ${theInvoice}, ${utc(invoices.paidAt)} as paid_at, ${invoices.currency} as currency
      from ${invoices}
      join ${projects} on ${projects.id} = ${invoices.projectId}`,
    where: ofInvoices(access, request),
    at: invoices.createdAt,
    id: invoices.id,
    sort: request.sort,
  });
}

export function deliveryScan(access: Access, request: ExportRequest): Scan {
  return scanOf({
    select: sql`${deliveries.status} as delivery_status, array_to_string(${deliveries.waybills}, ' ') as waybills,
        array_to_string(${deliveries.failureReasons}, ' | ') as failure_reasons, ${deliveries.carrierCode} as carrier_code,
        ${deliveries.carrierText} as carrier_text, ${ofProject}, ${theInvoice}, ${invoices.currency} as currency,
        ${people(request)}
      from ${deliveries}
      join ${invoices} on ${invoices.id} = ${deliveries.invoiceId}
      join ${projects} on ${projects.id} = ${deliveries.projectId}`,
    where: ofDeliveries(access, request),
    at: deliveries.updatedAt,
    id: deliveries.id,
    sort: request.sort,
  });
}

/** JSON as the text that PostgreSQL writes, the same each time. */
export function auditScan(access: Access, request: ExportRequest): Scan {
  return scanOf({
    select: sql`${auditLog.staffId}::text as staff_id, ${staff.name} as name, ${staff.email} as email,
        ${auditLog.role} as role, ${projects.name} as project, ${auditLog.action} as action,
        ${auditLog.object} as object, ${auditLog.before}::text as before, ${auditLog.after}::text as after,
        ${auditLog.detail}::text as detail, ${auditLog.address} as address, ${auditLog.requestId} as request_id,
        ${auditChain.position}::text as position, encode(${auditChain.hash}, 'hex') as hash
      from ${auditLog}
      left join ${staff} on ${staff.id} = ${auditLog.staffId}
      left join ${projects} on ${projects.id} = ${auditLog.projectId}
      left join ${auditChain} on ${auditChain.entryId} = ${auditLog.id}`,
    where: ofActs(access, request),
    at: auditLog.at,
    id: auditLog.id,
    sort: request.sort,
  });
}

export function postbackScan(access: Access, request: ExportRequest): Scan {
  return scanOf({
    select: sql`${ofProject}, ${invoices.providerInvoiceId} as provider_invoice_id, ${postbacks.outcome} as outcome,
        ${postbacks.reason} as reason, ${postbacks.reasonField} as reason_field,
        ${postbacks.duplicateOf}::text as duplicate_of, ${postbacks.duplicates} as duplicates,
        ${postbacks.answerStatus} as answer_status, ${postbacks.signer} as signer, ${postbacks.verified} as verified,
        ${postbacks.flags} as flags, ${postbacks.contentType} as content_type, ${postbacks.userAgent} as user_agent,
        ${postbacks.bodySize} as body_size, coalesce(${postbacks.claimedOrderId}, ${invoices.orderId}) as order_id,
        ${postbacks.claimedInvoiceId} as claimed_invoice_id, ${postbacks.claimedStatus} as claimed_status,
        ${postbacks.claimedAmount} as claimed_amount, ${postbacks.claimedCurrency} as claimed_currency
      from ${postbacks}
      join ${projects} on ${projects.id} = ${postbacks.projectId}
      left join ${invoices} on ${invoices.id} = ${postbacks.invoiceId}`,
    where: ofPostbacks(access, request),
    at: postbacks.receivedAt,
    id: postbacks.id,
    sort: request.sort,
  });
}
