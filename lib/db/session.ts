import type { Parameter } from './client';
import { settleTransaction } from './session-settings';

/** One connection, on which a transaction is a transaction. */
export interface Session {
  query<Row = { readonly value?: unknown }>(text: string, parameters?: readonly Parameter[]): Promise<readonly Row[]>;
}

/** Any number that nobody else locks. */
const LOCK = '7229155207';

/** Under one lock, so that two at once are safe and a pooler in between does no harm. */
export async function inTransaction<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
  await session.query('begin isolation level read committed');
  try {
    await session.query(settleTransaction(0));
    await session.query(`select pg_advisory_xact_lock(${LOCK})`);
    const result = await work();
    await session.query('commit');
    return result;
  } catch (error) {
    // The first failure is the one to hear of.
    await session.query('rollback').catch(() => {});
    throw error;
  }
}
