import { boolean, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns';
import { projects } from './projects';

/** Tokens of an invoice under which no postback has a row: what came was only counted, or lacked a required field. */
export const usedTokens = pgTable(
  'used_tokens',
  {
    /** SHA-256 of the token. */
    tokenHash: bytes('token_hash').notNull(),
    /** There need not be such an invoice yet. */
    invoiceId: uuid('invoice_id').notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    seenAt: instant('seen_at').notNull(),
    /** It may be valid for years, and is remembered for ever. */
    isLongLived: boolean('is_long_lived').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tokenHash, table.invoiceId] })],
);
