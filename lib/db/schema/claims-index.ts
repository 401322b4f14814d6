import { sql } from 'drizzle-orm';
import { check, pgTable, smallint, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns';

/** How far the postbacks of version 0.1 were read for what they claim. No row: not at all. */
export const claimsIndex = pgTable(
  'claims_index',
  {
    id: smallint('id').primaryKey().default(1),
    /** The last postback that was looked at. */
    after: uuid('after').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [check('claims_index_one_row', sql`${table.id} = 1`)],
);
