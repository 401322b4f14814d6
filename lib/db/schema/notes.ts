import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from '../columns';
import { deliveries, invoices } from './invoices';
import { projects } from './projects';
import { staff } from './staff';

// What staff write beside what is believed.

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
    createdAt,
  },
  (table) => [index('invoice_notes_invoice').on(table.invoiceId, table.createdAt)],
);

/** That the cash of a parcel arrived, said by staff: a fact of the invoice like those of its postbacks, also in a replay. */
export const cashReceipts = pgTable('cash_receipts', {
  invoiceId: uuid('invoice_id')
    .primaryKey()
    .references(() => invoices.id),
  /** The invoice's; checked there. */
  projectId: uuid('project_id')
    .notNull()
    .references(() => projects.id),
  staffId: uuid('staff_id')
    .notNull()
    .references(() => staff.id),
  /** The day that was chosen, as an instant. */
  cashReceivedAt: instant('cash_received_at').notNull(),
  createdAt,
});

/** A failed waybill that somebody dealt with, until a further failure of it. */
export const deliveryResolutions = pgTable(
  'delivery_resolutions',
  {
    deliveryId: uuid('delivery_id')
      .primaryKey()
      .references(() => deliveries.id),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    /** The failures that were resolved; the delivery needs a person again once it has another. */
    failureReasons: text('failure_reasons').array().notNull(),
    note: text('note').notNull(),
    createdAt,
  },
  (table) => [
    index('delivery_resolutions_created').on(table.createdAt.desc().nullsFirst(), table.deliveryId.desc().nullsFirst()),
  ],
);
