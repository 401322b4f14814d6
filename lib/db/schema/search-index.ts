import { sql } from 'drizzle-orm';
import { check, integer, pgTable, smallint, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns';

/** How far the terms of `invoices.search` are made as the present version makes them. No row: by version 0.1. */
export const searchIndex = pgTable(
  'search_index',
  {
    id: smallint('id').primaryKey().default(1),
    /** Of the terms that are being made or, once it is finished, were made. */
    version: integer('version').notNull(),
    /** The last invoice that was looked at. */
    after: uuid('after').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [check('search_index_one_row', sql`${table.id} = 1`)],
);
