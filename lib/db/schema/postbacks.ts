import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  json,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, lexemes } from '../columns';
import { invoices } from './invoices';
import { projects } from './projects';
import { staff } from './staff';

// The ledger.

/** The ledger: every delivery to a notification URL that we kept, with its verdict. */
export const postbacks = pgTable(
  'postbacks',
  {
    id: uuid('id').primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    invoiceId: uuid('invoice_id').references(() => invoices.id),
    /**
     * What the postback itself says, of bounded length and without customer data. The invoice and the search terms are
     * stored where it belongs to no invoice or conflicts with one; nothing of it is in a total or a state.
     */
    claimedInvoiceId: text('claimed_invoice_id'),
    claimedOrderId: text('claimed_order_id'),
    /** The provider's word. */
    claimedStatus: text('claimed_status'),
    /** As sent, so it need not be a number. */
    claimedAmount: text('claimed_amount'),
    claimedCurrency: text('claimed_currency'),
    claimedSearch: lexemes('claimed_search'),
    receivedAt: instant('received_at').notNull(),
    outcome: text('outcome', {
      enum: ['accepted', 'duplicate', 'contradiction', 'incomplete', 'unreadable', 'refused'],
    }).notNull(),
    /** Why, as a code: a refusal reason, an unreadable reason, a contradiction; null where there is nothing to say. */
    reason: text('reason'),
    /** The field the reason is about. */
    reasonField: text('reason_field'),
    duplicateOf: uuid('duplicate_of').references((): AnyPgColumn => postbacks.id),
    /** Why it was refused, where it was accepted on a later check. */
    refusedReason: text('refused_reason'),
    /** When and by whom a refused one was last checked again. */
    recheckedAt: instant('rechecked_at'),
    recheckedBy: uuid('rechecked_by').references(() => staff.id),
    /** How many more of this one came, those past the hundredth included, which have no row. */
    duplicates: integer('duplicates').notNull().default(0),
    answerStatus: smallint('answer_status').notNull(),
    signer: text('signer', { enum: ['live', 'test'] }),
    verified: text('verified', { enum: ['jwt', 'jwt_unbound', 'rsa', 'rsa_legacy'] }),
    secretId: uuid('secret_id'),
    /** HMAC-SHA-256, with the project's key, of a SHA-256 over signer, grade and content without the token: what it says. */
    contentKey: bytes('content_key'),
    /** Of a JSON body, keyed like it, what a form would have said of the same: such a form is a copy. */
    formKey: bytes('form_key'),
    /** SHA-256 of the token, to notice its second use with other content. */
    tokenHash: bytes('token_hash'),
    /** The invoice's version that this row made: the order in which what is believed took it in. */
    position: integer('position'),
    /** `Flag[]`. */
    flags: json('flags').notNull().default(sql`'[]'`),
    /** What it changed, for the timeline: `{status: [from, to], waybills: [...], …}`. */
    changes: json('changes'),
    /** The parsed event without people's data, where the bytes were deleted. */
    event: json('event'),
    contentType: text('content_type'),
    userAgent: text('user_agent'),
    /** The bytes as received, encrypted, bound to `postbacks:<id>`; null on a duplicate, and once deleted. */
    body: bytes('body'),
    encryptionKeyId: text('encryption_key_id'),
    bodySize: integer('body_size').notNull(),
    /** SHA-256 of the bytes where they are not kept, or only their beginning is; null where they were erased for a person. */
    bodyHash: bytes('body_hash'),
    /** Sender address and signature headers, encrypted, bound to `postbacks:<id>:request`; they go when the body goes. */
    request: bytes('request'),
    requestKeyId: text('request_key_id'),
    /** The writing transaction, by which live screens find what is new without missing a late commit. */
    xact: bigint('xact', { mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
  },
  (table) => [
    uniqueIndex('postbacks_content').on(table.contentKey).where(sql`duplicate_of is null and content_key is not null`),
    index('postbacks_received').on(table.receivedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('postbacks_project_received').on(
      table.projectId,
      table.receivedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    uniqueIndex('postbacks_invoice_position').on(table.invoiceId, table.position),
    index('postbacks_outcome')
      .on(table.outcome, table.receivedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`outcome <> 'accepted'`),
    index('postbacks_test')
      .on(table.receivedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`signer = 'test'`),
    index('postbacks_duplicate_of').on(table.duplicateOf).where(sql`duplicate_of is not null`),
    index('postbacks_token').on(table.tokenHash, table.invoiceId, table.receivedAt).where(sql`token_hash is not null`),
    index('postbacks_xact').on(table.xact),
    index('postbacks_claimed').on(table.claimedInvoiceId, table.projectId).where(sql`claimed_invoice_id is not null`),
    // Those that a corrected secret may make acceptable, and those whose bodies are soon deleted.
    index('postbacks_refused')
      .on(table.projectId, table.receivedAt, table.id)
      .where(sql`outcome in ('refused', 'unreadable') and body is not null`),
    index('postbacks_claimed_search')
      .using('gin', table.claimedSearch)
      .with({ gin_pending_list_limit: 512 })
      .where(sql`claimed_search is not null`),
  ],
);
