import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns';
import { staff } from './staff';

/**
 * Searches for customers by phone, e-mail or name, for the quota of each member. One row a member, so that concurrent
 * searches wait for each other and none passes the limit.
 */
export const peopleLookups = pgTable('people_lookups', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  /** Those of the last day: `[{at, n, key}]`, when in Unix seconds, how many at once, and a keyed hash of what was looked for. */
  lookups: jsonb('lookups').notNull().default(sql`'[]'::jsonb`),
});

/** How many there were in ten minutes, until an audit entry says it. */
export const peopleLookupCounts = pgTable(
  'people_lookup_counts',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['phone', 'email', 'name'] }).notNull(),
    /** When the ten minutes began. */
    since: instant('since').notNull(),
    count: integer('count').notNull(),
    /** Where the last of them came from. */
    address: text('address'),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.kind, table.since] })],
);
