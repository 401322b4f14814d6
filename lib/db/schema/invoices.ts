import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, decimal, instant, lexemes } from '../columns';
import { projects } from './projects';

// What is believed: made from the ledger, and made anew by a replay. Indexes of lists say `nullsFirst`, because Drizzle
// makes them NULLS LAST without it, and `order by x desc`, which is NULLS FIRST, could then not use one.

/** What a customer was asked to pay, and what is now believed of it. `state` is the merge of all that was said. */
export const invoices = pgTable(
  'invoices',
  {
    /** Made from project, provider's id and signer, so that a replay gives the same row. */
    id: uuid('id').primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    providerInvoiceId: text('provider_invoice_id').notNull(),
    signer: text('signer', { enum: ['live', 'test'] }).notNull(),
    orderId: text('order_id'),
    status: text('status').notNull(),
    statusRaw: text('status_raw').notNull(),
    amount: decimal('amount'),
    currency: text('currency'),
    amountUsd: decimal('amount_usd'),
    isTest: boolean('is_test').notNull(),
    /** False: no body has said whether this is a test; it counts as real and is marked. */
    testModeKnown: boolean('test_mode_known').notNull(),
    /** Where the cash of its parcel is; null: no cash on delivery. */
    cashOnDelivery: text('cash_on_delivery', { enum: ['expected', 'collected', 'received', 'refused'] }),
    customerName: text('customer_name'),
    /** Why a person should look, as codes; empty: nobody needs to. */
    attention: text('attention').array().notNull().default(sql`'{}'`),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
    timeSource: text('time_source', { enum: ['provider', 'provider_ahead', 'receipt', 'staff'] }),
    updatedAt: instant('updated_at').notNull(),
    /** The terms by which it is found, each with its kind: `lib/search`. */
    search: lexemes('search').notNull(),
    version: integer('version').notNull(),
    /** `json`, not `jsonb`: only ever read whole, and written a third faster. */
    state: json('state').notNull(),
    /** Encrypted people's data, bound to `invoices:<id>`. */
    people: bytes('people'),
    encryptionKeyId: text('encryption_key_id'),
  },
  (table) => [
    index('invoices_created').on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('invoices_project_created').on(
      table.projectId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('invoices_status').on(table.status, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('invoices_test').on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()).where(sql`is_test`),
    index('invoices_attention')
      .on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`cardinality(attention) > 0`),
    index('invoices_unpaid')
      .on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`paid_at is null`),
    index('invoices_amount').on(sql`coalesce(${table.amount}, 0) desc`, table.id.desc().nullsFirst()),
    // What is new waits in a list, a short one, as every search reads it whole and somebody has to sort it in.
    index('invoices_search').using('gin', table.search).with({ gin_pending_list_limit: 512 }),
  ],
);

/** One transaction of money; an invoice's rows are computed whole with its state. */
export const transactions = pgTable(
  'transactions',
  {
    id: uuid('id').primaryKey(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    /** The invoice's; checked there. */
    projectId: uuid('project_id').notNull(),
    kind: text('kind', { enum: ['payment', 'top_up', 'refund', 'expected'] }).notNull(),
    /** Signed: a refund is negative. */
    amount: decimal('amount').notNull(),
    currency: text('currency'),
    amountUsd: decimal('amount_usd'),
    txHashes: text('tx_hashes').array().notNull(),
    externalId: text('external_id'),
    isTest: boolean('is_test').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    timeSource: text('time_source', { enum: ['provider', 'provider_ahead', 'receipt', 'staff'] }).notNull(),
  },
  (table) => [
    index('transactions_invoice').on(table.invoiceId),
    index('transactions_project_occurred').on(
      table.projectId,
      table.occurredAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('transactions_amount').on(table.amount.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('transactions_kind')
      .on(table.kind, table.occurredAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`kind <> 'payment'`),
    index('transactions_test')
      .on(table.occurredAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`is_test`),
    index('transactions_occurred').on(table.occurredAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);

/** One parcel of a NovaPay session. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid('id').primaryKey(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    /** The invoice's; checked there. */
    projectId: uuid('project_id').notNull(),
    status: text('status').notNull(),
    waybills: text('waybills').array().notNull(),
    failureReasons: text('failure_reasons').array().notNull(),
    carrierCode: text('carrier_code'),
    carrierText: text('carrier_text'),
    recipientName: text('recipient_name'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('deliveries_invoice').on(table.invoiceId),
    index('deliveries_updated').on(table.updatedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('deliveries_project_updated').on(
      table.projectId,
      table.updatedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('deliveries_status').on(table.status, table.updatedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);

/** Ids of invoices that were found to be another one, so that links to them still lead somewhere. */
export const mergedInvoices = pgTable(
  'merged_invoices',
  {
    /** The id that it had. */
    id: uuid('id').primaryKey(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    /** The invoice's; checked there. */
    projectId: uuid('project_id').notNull(),
  },
  (table) => [index('merged_invoices_invoice').on(table.invoiceId)],
);
