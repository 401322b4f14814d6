import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns';

/**
 * Passwords and codes that were wrong, and those that are being looked at: a row stands before the check and goes when
 * it turns out right, so that many at once are counted too. Passwords are swept after a quarter of an hour, codes after a day.
 */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    at: instant('at').notNull(),
    /** What was wrong: a password, or a code of the second factor, each with a budget of its own. */
    kind: text('kind', { enum: ['password', 'code'] })
      .notNull()
      .default('password'),
    /** A keyed hash of the address typed in, whether there is such an account or not: some type their password there. */
    account: text('account').notNull(),
    /** The network it came from. */
    address: text('address').notNull(),
    /** The browser, where this account has signed in with it before. */
    browser: text('browser'),
  },
  (table) => [
    index('sign_in_failures_account').on(table.account, table.at),
    index('sign_in_failures_address').on(table.address, table.at),
    index('sign_in_failures_at').on(table.at),
  ],
);
