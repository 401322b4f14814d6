import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseUnavailable, fromDriver, sqlState } from './unavailable';

/** A database that is starting, waking up or full for the moment; without a SQLSTATE nobody answered at all. */
const PASSING = new Set([null, '57P03', '53300', '08006', '08001']);

export interface RetryPolicy {
  readonly attempts: number;
  /** The longest wait before the second attempt; it doubles from one to the next. */
  readonly firstMs: number;
}

const RETRY_POLICY: RetryPolicy = { attempts: 4, firstMs: 500 };

/** Connects again where nothing has run yet; each waits a random time, so that many do not all come back at once. */
export async function retry<Result>(
  connect: () => Promise<Result>,
  { attempts, firstMs }: RetryPolicy = RETRY_POLICY,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      const passing = PASSING.has(sqlState(error)) && fromDriver(error) instanceof DatabaseUnavailable;
      if (!passing || attempt >= attempts) throw error;
    }
    await wait(Math.random() * firstMs * 2 ** (attempt - 1));
  }
}
