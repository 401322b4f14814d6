import { createHmac } from 'node:crypto';
import { getDatabase } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { networkOf } from './client-address';

/**
 * How many wrong passwords or codes within a quarter of an hour. Only failures count, and a refused attempt is none, so
 * that hammering does not prolong the wait.
 *
 * Nobody is locked out by a stranger: what a stranger does at one address counts for that address alone. Who has many
 * addresses can reach the limit of the account, which then holds for every browser but those in which this account has
 * signed in before: these are counted by themselves, ten each, and by nothing else. Were they not, a stranger with
 * eleven addresses could keep an owner out for as long as they liked; without a limit for the account, many addresses
 * together could guess a hundred times as fast.
 */
export const MOST_FAILURES = { accountAndAddress: 10, account: 100, address: 30, browser: 10 } as const;
export const MINUTES = 15;

export interface Asker {
  /** As typed in. */
  readonly email: string;
  readonly address: string | null;
  /** A browser, or a session, that has proved before that it is this account's. */
  readonly browser: string | null;
}

const BEGIN = {
  name: 'begin_sign_in',
  text: `
    with swept as (
      delete from sign_in_failures where at <= $1::timestamptz - interval '${MINUTES} minutes'
    )
    insert into sign_in_failures (at, account, address, browser)
    values ($1::timestamptz, $2::text, $3::text, $4::text) returning id::text as id`,
};

/** Read after one's own row is there: of many at once each sees all that were before it, so no more than the limit pass. */
const COUNT = {
  name: 'count_sign_in_failures',
  text: `
    select count(*) filter (where account = $2::text and address = $3::text)::int as account_and_address,
      count(*) filter (where account = $2::text)::int as account,
      count(*) filter (where address = $3::text)::int as address,
      count(*) filter (where account = $2::text and browser = $4::text)::int as browser
    from sign_in_failures
    where at > $1::timestamptz - interval '${MINUTES} minutes' and (account = $2::text or address = $3::text)`,
};

const FORGIVE = { name: 'forgive_sign_in', text: 'delete from sign_in_failures where id = $1::uuid' };

interface Counts {
  readonly account_and_address: number;
  readonly account: number;
  readonly address: number;
  readonly browser: number;
}

export type Limited<Right> =
  | { readonly outcome: 'right'; readonly value: Right }
  | { readonly outcome: 'wrong' | 'limited' };

/**
 * Runs `check`, which answers null for what is wrong, unless there were too many failures. Whatever the database does
 * not answer is thrown: without the count nobody gets in.
 */
export async function withinLimits<Right>(
  asker: Asker,
  check: () => Promise<Right | null>,
  now: Date = new Date(),
): Promise<Limited<Right>> {
  const database = await getDatabase();
  const parameters = [now.toISOString(), accountKey(asker.email), addressKey(asker.address), asker.browser];
  const [begun] = await database.run<{ id: string }>(BEGIN, parameters);
  const [counts] = await database.run<Counts>(COUNT, parameters);
  const forgive = (): Promise<unknown> => database.run(FORGIVE, [begun?.id ?? null]);
  if (!counts || isTooMany(counts, asker.browser !== null)) {
    await forgive();
    return { outcome: 'limited' };
  }
  const value = await check();
  if (value === null) return { outcome: 'wrong' };
  await forgive();
  return { outcome: 'right', value };
}

/** The attempt under way is among the counted. */
function isTooMany(counts: Counts, knownBrowser: boolean): boolean {
  if (knownBrowser) return counts.browser > MOST_FAILURES.browser;
  return (
    counts.account_and_address > MOST_FAILURES.accountAndAddress ||
    counts.account > MOST_FAILURES.account ||
    counts.address > MOST_FAILURES.address
  );
}

export function accountKey(email: string): string {
  const account = email.trim().toLowerCase();
  return createHmac('sha256', getEnv().authSecret).update(`sign-in of ${account}`).digest('base64url');
}

/** Whom nobody can tell apart are one. */
function addressKey(address: string | null): string {
  return address === null ? 'unknown' : networkOf(address);
}
