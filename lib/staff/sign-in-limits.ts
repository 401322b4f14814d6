import { createHmac } from 'node:crypto';
import { type Database, getDatabase, type Parameter } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { wellFormed } from '@/lib/text';
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
/**
 * Wrong codes are counted apart, whatever the address: who guesses them has the password already, and a code has a million values.
 * For a browser that has signed in before they are counted by themselves here too.
 */
export const MOST_CODES = { quarter: 10, day: 50 } as const;
export const MINUTES = 15;

export type Guess = 'password' | 'code';

export interface Asker {
  /** As typed in. */
  readonly email: string;
  readonly address: string | null;
  /** A browser, or a session, that has proved before that it is this account's. */
  readonly browser: string | null;
  /** The name under which the traces of the request are found. */
  readonly requestId?: string | null;
  /** Does something once the answer is on its way: only a failure of an account that exists is recorded, and the time must not tell. */
  readonly after?: (work: () => Promise<unknown>) => unknown;
}

const atOnce = (work: () => Promise<unknown>): unknown => work();

const BEGIN = {
  name: 'begin_sign_in',
  text: `
    with swept as (
      delete from sign_in_failures where at <= $1::timestamptz - interval '${MINUTES} minutes'
        and (kind = 'password' or at <= $1::timestamptz - interval '1 day')
    )
    insert into sign_in_failures (at, account, address, browser, kind)
    values ($1::timestamptz, $2::text, $3::text, $4::text, $5::text) returning id::text as id`,
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
    where at > $1::timestamptz - interval '${MINUTES} minutes' and kind = $5::text
      and (account = $2::text or address = $3::text)`,
};

/** Strangers together, each known browser by itself. */
const COUNT_CODES = {
  name: 'count_code_failures',
  text: `
    select count(*) filter (where at > $1::timestamptz - interval '${MINUTES} minutes')::int as quarter, count(*)::int as day
    from sign_in_failures
    where at > $1::timestamptz - interval '1 day' and kind = 'code' and account = $2::text
      and browser is not distinct from $3::text`,
};

/** After so many failures of an account in a quarter of an hour there is an entry: a stranger cannot fill the log. */
const RECORDED = [1, 3, 10, 30, 100] as const;

/** Every wrong code has an entry, for who enters one knows the password. An account that does not exist has none. */
const RECORD = {
  name: 'record_sign_in_failure',
  text: `
    with counted as (
      select count(*)::int as failures from sign_in_failures
      where at > $1::timestamptz - interval '${MINUTES} minutes' and kind = $5::text and account = $2::text
    ),
    due as (
      select failures, case when $5::text = 'code' then failures else
        (select max(step) from unnest(array[${RECORDED.join(', ')}]) as step where step <= failures) end as step
      from counted
    )
    insert into audit_log (action, object, detail, address, request_id)
    select 'sign_in.failed', s.id::text, jsonb_build_object('kind', $5::text, 'failures', due.failures), $4::text, $6::text
    from staff s cross join due
    where lower(s.email) = lower($3::text) and due.step is not null and ($5::text = 'code' or not exists (
      select from audit_log a where a.action = 'sign_in.failed' and a.object = s.id::text
        and a.at > now() - interval '${MINUTES} minutes' and a.detail->>'kind' = $5::text
        and (a.detail->>'failures')::int >= due.step))`,
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
  guess: Guess = 'password',
): Promise<Limited<Right>> {
  const database = await getDatabase();
  const [at, account] = [now.toISOString(), accountKey(asker.email)];
  const parameters = [at, account, addressKey(asker.address), asker.browser, guess];
  const [begun] = await database.run<{ id: string }>(BEGIN, parameters);
  const forgive = (): Promise<unknown> => database.run(FORGIVE, [begun?.id ?? null]);
  const tooMany =
    guess === 'code' ? tooManyCodes(database, at, account, asker) : tooManyPasswords(database, parameters, asker);
  if (await tooMany) {
    await forgive();
    return { outcome: 'limited' };
  }
  const value = await check();
  if (value === null) {
    const { email, address, requestId = null, after = atOnce } = asker;
    await after(() => database.run(RECORD, [at, account, wellFormed(email.trim()), address, guess, requestId]));
    return { outcome: 'wrong' };
  }
  await forgive();
  return { outcome: 'right', value };
}

/** The attempt under way is among the counted. */
async function tooManyPasswords(
  database: Database,
  parameters: readonly Parameter[],
  { browser }: Asker,
): Promise<boolean> {
  const [counts] = await database.run<Counts>(COUNT, parameters);
  if (!counts) return true;
  if (browser !== null) return counts.browser > MOST_FAILURES.browser;
  return (
    counts.account_and_address > MOST_FAILURES.accountAndAddress ||
    counts.account > MOST_FAILURES.account ||
    counts.address > MOST_FAILURES.address
  );
}

async function tooManyCodes(database: Database, at: string, account: string, { browser }: Asker): Promise<boolean> {
  const [counts] = await database.run<{ quarter: number; day: number }>(COUNT_CODES, [at, account, browser]);
  return !counts || counts.quarter > MOST_CODES.quarter || counts.day > MOST_CODES.day;
}

export function accountKey(email: string): string {
  const account = email.trim().toLowerCase();
  return createHmac('sha256', getEnv().authSecret).update(`sign-in of ${account}`).digest('base64url');
}

/** Whom nobody can tell apart are one. */
function addressKey(address: string | null): string {
  return address === null ? 'unknown' : networkOf(address);
}
