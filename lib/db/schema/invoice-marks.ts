import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from '../columns';
import { invoices } from './invoices';
import { projects } from './projects';
import { staff } from './staff';

/**
 * That somebody dealt with what an invoice needed attention for, or took that back. The last row of an invoice counts,
 * until a later postback raises attention again.
 */
export const invoiceMarks = pgTable(
  'invoice_marks',
  {
    /** Made with the form: pressing its button twice is one mark. */
    id: uuid('id').primaryKey(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    /** The invoice's; checked there. */
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    /** False: it is put back on the list. */
    done: boolean('done').notNull(),
    note: text('note').notNull(),
    /** The invoice's version that was on the screen. */
    version: integer('version').notNull(),
    createdAt,
    /** The writing transaction, as in `postbacks`: open screens of other processes find the mark by it. */
    xact: bigint('xact', { mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
  },
  (table) => [
    index('invoice_marks_invoice').on(
      table.invoiceId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('invoice_marks_xact').on(table.xact),
  ],
);
