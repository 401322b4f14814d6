import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from '../columns';
import { staff } from './staff';

/** Who may become a member of staff, by a link that works once. */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of what stands in the link, which is shown once and kept nowhere. */
    tokenHash: text('token_hash').notNull().unique('invitations_token'),
    email: text('email').notNull(),
    role: text('role', { enum: ['owner', 'manager', 'support', 'accountant'] }).notNull(),
    allProjects: boolean('all_projects').notNull(),
    projectIds: text('project_ids').array().notNull(),
    /** Worth nothing once whoever invited is an owner no more. */
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => staff.id),
    createdAt,
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('invitations_created').on(table.createdAt.desc().nullsFirst())],
);
