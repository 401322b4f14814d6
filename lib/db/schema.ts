import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, decimal, instant } from './columns';

const created = () => instant('created_at').notNull().default(sql`now()`);

/** One row once the deployment has an owner; its primary key is what two racing first runs collide on. */
export const settings = pgTable(
  'settings',
  {
    id: smallint('id').primaryKey().default(1),
    timeZone: text('time_zone').notNull(),
    createdAt: created(),
  },
  (table) => [check('settings_one_row', sql`${table.id} = 1`)],
);

/** People who sign in. */
export const staff = pgTable(
  'staff',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['owner', 'manager', 'support', 'accountant'] }).notNull(),
    passwordHash: text('password_hash').notNull(),
    /** True: every project, later ones too; false: those in `staff_projects`. */
    allProjects: boolean('all_projects').notNull().default(true),
    disabledAt: instant('disabled_at'),
    createdAt: created(),
  },
  (table) => [uniqueIndex('staff_email').on(sql`lower(${table.email})`)],
);

/** One merchant account at one provider. */
export const projects = pgTable(
  'projects',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    provider: text('provider').notNull(),
    /** The unguessable last part of the notification URL. */
    key: text('key').notNull(),
    createdAt: created(),
  },
  (table) => [uniqueIndex('projects_key').on(table.key)],
);

export const staffProjects = pgTable(
  'staff_projects',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.projectId] })],
);

/** What verifies a project's postbacks: the provider's secret or public key (live), and a credential of our own (test). */
export const projectSecrets = pgTable(
  'project_secrets',
  {
    id: uuid('id').primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    signer: text('signer', { enum: ['live', 'test'] }).notNull(),
    /** Encrypted `Credential`, bound to `project_secrets:<id>`. */
    sealed: bytes('sealed').notNull(),
    encryptionKeyId: text('encryption_key_id').notNull(),
    /** What staff sees instead of it: the last four characters or a fingerprint. */
    hint: text('hint').notNull(),
    createdAt: created(),
    /** When a previous secret stops to count; null: in force. */
    endsAt: instant('ends_at'),
  },
  (table) => [index('project_secrets_project').on(table.projectId)],
);

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
    customerName: text('customer_name'),
    /** Why a person should look, as codes; empty: nobody needs to. */
    attention: text('attention').array().notNull().default(sql`'{}'`),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
    timeSource: text('time_source', { enum: ['provider', 'receipt'] }),
    updatedAt: instant('updated_at').notNull(),
    /** Lower-case ids, hashes and waybills that the search box looks through. */
    searchText: text('search_text').notNull(),
    /** Lower-case names, for those who may see them; lower-cased by us, as a database may know ASCII alone. */
    searchPeople: text('search_people').notNull().default(''),
    version: integer('version').notNull(),
    /** `json`, not `jsonb`: only ever read whole, and written a third faster. */
    state: json('state').notNull(),
    /** Encrypted people's data, bound to `invoices:<id>`. */
    people: bytes('people'),
    encryptionKeyId: text('encryption_key_id'),
  },
  (table) => [
    index('invoices_created').on(table.createdAt.desc(), table.id.desc()),
    index('invoices_project_created').on(table.projectId, table.createdAt.desc(), table.id.desc()),
    index('invoices_status').on(table.status, table.createdAt.desc(), table.id.desc()),
  ],
);

/** One movement of money; an invoice's rows are computed whole with its state. */
export const transactions = pgTable(
  'transactions',
  {
    id: uuid('id').primaryKey(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    kind: text('kind', { enum: ['payment', 'top_up', 'refund', 'expected'] }).notNull(),
    /** Signed: a refund is negative. */
    amount: decimal('amount').notNull(),
    currency: text('currency'),
    amountUsd: decimal('amount_usd'),
    txHashes: text('tx_hashes').array().notNull(),
    externalId: text('external_id'),
    isTest: boolean('is_test').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    timeSource: text('time_source', { enum: ['provider', 'receipt'] }).notNull(),
  },
  (table) => [
    index('transactions_invoice').on(table.invoiceId),
    index('transactions_occurred').on(table.occurredAt.desc(), table.id.desc()),
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
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
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
    index('deliveries_updated').on(table.updatedAt.desc(), table.id.desc()),
    index('deliveries_status').on(table.status, table.updatedAt.desc(), table.id.desc()),
  ],
);

/** What staff wrote beside an invoice. Never changed: a mistake is answered by another note. */
export const invoiceNotes = pgTable(
  'invoice_notes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    text: text('text').notNull(),
    createdAt: created(),
  },
  (table) => [index('invoice_notes_invoice').on(table.invoiceId, table.createdAt)],
);

/** A failed waybill that somebody dealt with, until a further failure of it. */
export const deliveryResolutions = pgTable('delivery_resolutions', {
  deliveryId: uuid('delivery_id')
    .primaryKey()
    .references(() => deliveries.id),
  staffId: uuid('staff_id')
    .notNull()
    .references(() => staff.id),
  /** The failures that were resolved; the delivery needs a person again once it has another. */
  failureReasons: text('failure_reasons').array().notNull(),
  note: text('note').notNull(),
  createdAt: created(),
});

/** An export that one member of staff saved: its view and its query string. */
export const exportPresets = pgTable(
  'export_presets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    view: text('view').notNull(),
    query: text('query').notNull(),
    /** Offered on the first of each month, for the month before. */
    monthly: boolean('monthly').notNull().default(false),
    createdAt: created(),
  },
  (table) => [uniqueIndex('export_presets_name').on(table.staffId, table.name)],
);

/** The ledger: every delivery to a notification URL that we kept, with its verdict. */
export const postbacks = pgTable(
  'postbacks',
  {
    id: uuid('id').primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    invoiceId: uuid('invoice_id').references(() => invoices.id),
    receivedAt: instant('received_at').notNull(),
    outcome: text('outcome', {
      enum: ['accepted', 'duplicate', 'contradiction', 'incomplete', 'unreadable', 'refused'],
    }).notNull(),
    /** Why, as a code: a refusal reason, an unreadable reason, a contradiction; null where there is nothing to say. */
    reason: text('reason'),
    /** The field the reason is about. */
    reasonField: text('reason_field'),
    duplicateOf: uuid('duplicate_of').references((): AnyPgColumn => postbacks.id),
    /** How many more of this one came, those past the hundredth included, which have no row. */
    duplicates: integer('duplicates').notNull().default(0),
    answerStatus: smallint('answer_status').notNull(),
    signer: text('signer', { enum: ['live', 'test'] }),
    verified: text('verified', { enum: ['jwt', 'jwt_unbound', 'rsa', 'rsa_legacy'] }),
    secretId: uuid('secret_id'),
    /** SHA-256 over project, signer, grade and canonical content without the token: what the postback says. */
    contentKey: bytes('content_key'),
    /** SHA-256 of the token, to notice its second use with other content. */
    tokenHash: bytes('token_hash'),
    /** The invoice's version that this row made: the order in which what is believed took it in. */
    position: integer('position'),
    /** `Flag[]`. */
    flags: jsonb('flags').notNull().default(sql`'[]'`),
    /** What it changed, for the timeline: `{status: [from, to], waybills: [...], …}`. */
    changes: jsonb('changes'),
    /** The parsed event without people's data, for when the bytes are gone. */
    event: jsonb('event'),
    contentType: text('content_type'),
    userAgent: text('user_agent'),
    /** The bytes as received, encrypted, bound to `postbacks:<id>`; null on a duplicate. */
    body: bytes('body'),
    encryptionKeyId: text('encryption_key_id'),
    bodySize: integer('body_size').notNull(),
    /** The writing transaction, by which live screens find what is new without missing a late commit. */
    xact: bigint('xact', { mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
  },
  (table) => [
    uniqueIndex('postbacks_content').on(table.contentKey).where(sql`duplicate_of is null and content_key is not null`),
    index('postbacks_received').on(table.receivedAt.desc(), table.id.desc()),
    index('postbacks_project_received').on(table.projectId, table.receivedAt.desc(), table.id.desc()),
    uniqueIndex('postbacks_invoice_position').on(table.invoiceId, table.position).where(sql`position is not null`),
    index('postbacks_invoice').on(table.invoiceId, table.receivedAt),
    index('postbacks_duplicate_of').on(table.duplicateOf),
    index('postbacks_token').on(table.tokenHash),
    index('postbacks_xact').on(table.xact),
  ],
);

/** What was only counted, by hour: refusals past their hundredth, unsupported and too large bodies, GETs. */
export const projectCounters = pgTable(
  'project_counters',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** `kept` (refused and unreadable together), `unsupported`, `too_large`, `get`. */
    kind: text('kind').notNull(),
    hour: instant('hour').notNull(),
    count: integer('count').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.kind, table.hour] })],
);

/** Acts of staff that change something or look at what is guarded. Append-only. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    at: instant('at').notNull().default(sql`now()`),
    staffId: uuid('staff_id').references(() => staff.id),
    projectId: uuid('project_id').references(() => projects.id),
    action: text('action').notNull(),
    object: text('object'),
    detail: jsonb('detail'),
  },
  (table) => [index('audit_log_at').on(table.at.desc())],
);
