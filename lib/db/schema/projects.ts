import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from '../columns';

// Merchant accounts at providers.

/** One merchant account at one provider. */
export const projects = pgTable(
  'projects',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    provider: text('provider').notNull(),
    /** The unguessable last part of the present notification URL; `former_notification_keys` has those before it. */
    key: text('key').notNull(),
    createdAt,
    /** How long raw bodies are kept; null: for ever. */
    rawBodyDays: integer('raw_body_days').default(180),
    /** How long those of refused and unreadable postbacks are kept, where that is shorter. */
    refusedBodyDays: integer('refused_body_days').notNull().default(14),
    /** Up to here they are gone, so that what was looked through is not looked through again. */
    bodiesGoneBefore: instant('bodies_gone_before'),
    /** False: customers' names are encrypted like the rest of people's data, and nobody finds by them. */
    namesSearchable: boolean('names_searchable').notNull().default(true),
    /** Paths of its `metadata` that name nobody, as its owners say: every role sees what stands there. */
    plainMetadata: text('plain_metadata').array().notNull().default(sql`'{}'::text[]`),
    /** Keys the digests by which postbacks are recognised; encrypted, null until the first postback. */
    digestKey: bytes('digest_key'),
    encryptionKeyId: text('encryption_key_id'),
    /** Until then its refused postbacks are being checked again; null: they are not. */
    recheckUntil: instant('recheck_until'),
    /** Out of the lists to choose from. Its notification URL still takes postbacks, and what it has stays where it is. */
    archivedAt: instant('archived_at'),
  },
  (table) => [uniqueIndex('projects_key').on(table.key)],
);

/** Notification URLs that were replaced: they take postbacks until their end, and are unknown after it. */
export const formerNotificationKeys = pgTable(
  'former_notification_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    replacedAt: instant('replaced_at').notNull().default(sql`now()`),
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [
    uniqueIndex('former_notification_keys_key').on(table.key),
    index('former_notification_keys_project').on(table.projectId),
  ],
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
    createdAt,
    /** When a previous secret stops to count; null: in force. */
    endsAt: instant('ends_at'),
  },
  (table) => [
    index('project_secrets_project').on(table.projectId),
    // One in force, and of two people who replace it at once one is refused: an older one has an end.
    uniqueIndex('project_secrets_in_force').on(table.projectId, table.signer).where(sql`ends_at is null`),
  ],
);

/** Counts by hour: the quotas of refused postbacks, and what was only counted. */
export const projectCounters = pgTable(
  'project_counters',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /**
     * Quotas: `refused`, `refused_known` (naming an invoice or order that is there), `named_…` (of one such invoice or order),
     * `reason_…` (the first of a reason).
     * Only counted: `refused_over_limit`, `over_limit` (bodies of one invoice or token that changed nothing), `too_large`,
     * `get`.
     */
    kind: text('kind').notNull(),
    hour: instant('hour').notNull(),
    count: integer('count').notNull(),
    /** How much of a quota of bytes they took. */
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    lastAt: instant('last_at').notNull(),
    /** What the last of them called itself. */
    lastUserAgent: text('last_user_agent'),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.kind, table.hour] })],
);
