import { bigint, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes } from '../columns';

/**
 * A link for each row of `audit_log`, made by a trigger as the last thing of its transaction: apart, so that the row is
 * never written twice and nobody waits for the chain while they hold anything else.
 */
export const auditChain = pgTable(
  'audit_chain',
  {
    /** Without gaps; as the primary key it also lets no chain fork. */
    position: bigint('position', { mode: 'number' }).primaryKey(),
    entryId: uuid('entry_id').notNull(),
    /** Of the link before; of the first one 32 zeros. */
    previousHash: bytes('previous_hash').notNull(),
    /** SHA-256 of the hash before, the position and the row's content. */
    hash: bytes('hash').notNull(),
  },
  (table) => [uniqueIndex('audit_chain_entry').on(table.entryId)],
);
