import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from '../columns';
import { staff } from './staff';

// What is asked after the password.

/** The secret that a member's authenticator app shares with us; in force once a code of it was entered. */
export const secondFactors = pgTable('second_factors', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id, { onDelete: 'cascade' }),
  sealed: bytes('sealed').notNull(),
  encryptionKeyId: text('encryption_key_id').notNull(),
  confirmedAt: instant('confirmed_at'),
  /** The last step of time of which a code was taken: neither it nor an earlier one is taken again. */
  lastStep: integer('last_step').notNull().default(0),
  createdAt,
});

/** For a lost telephone. Random, so a plain hash tells nothing. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => secondFactors.staffId, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.codeHash] })],
);
