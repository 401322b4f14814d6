import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from '../columns';
import { staff } from './staff';

// Who is signed in where.

/** One browser in which a member of staff is signed in. Gone once it was ended: there is no row to revive. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of what the cookie carries, so that a dump signs nobody in. */
    id: text('id').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    /** By which password it was opened; another one ends it. */
    proof: text('proof').notNull(),
    createdAt,
    /** Written at most once a minute. */
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    address: text('address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('sessions_staff').on(table.staffId)],
);
