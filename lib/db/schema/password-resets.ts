import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from '../columns';
import { staff } from './staff';

/** A link by which a member of staff sets a new password, once; an owner makes it. */
export const passwordResets = pgTable(
  'password_resets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of what stands in the link, which is shown once and kept nowhere. */
    tokenHash: text('token_hash').notNull().unique('password_resets_token'),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    /** Worth nothing once whoever made it is an owner no more. */
    createdBy: uuid('created_by')
      .notNull()
      .references(() => staff.id),
    createdAt,
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('password_resets_staff').on(table.staffId),
    index('password_resets_created').on(table.createdBy, table.createdAt),
  ],
);
