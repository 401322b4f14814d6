import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './client';
import { migrate } from './migrate';
import { openPgliteMemory } from './pglite';
import { auditLog } from './schema';
import { createTestPostgres, openTestPglite } from './testing';

/** What an operator, a host or another program's guide sets for a role or a database, and what it must be for us. */
const SET: Readonly<Record<string, readonly [hostile: string, ours: string]>> = {
  datestyle: ['German, YMD', 'ISO, MDY'],
  timezone: ['Asia/Kathmandu', 'UTC'],
  intervalstyle: ['iso_8601', 'postgres'],
  bytea_output: ['escape', 'hex'],
  extra_float_digits: ['-10', '1'],
  array_nulls: ['off', 'on'],
  standard_conforming_strings: ['off', 'on'],
  search_path: ['elsewhere', 'public'],
  row_security: ['off', 'on'],
  transaction_isolation: ['serializable', 'read committed'],
  lock_timeout: ['1', '0'],
  idle_session_timeout: ['60000', '0'],
  // The embedded database has one session, which no pause of ours ends.
  idle_in_transaction_session_timeout: ['30000', '1min'],
  transaction_timeout: ['60000', '0'],
  synchronous_commit: ['off', 'on'],
};

const HOSTILE = Object.fromEntries(
  Object.entries(SET).map(([name, [hostile]]) => [
    name === 'transaction_isolation' ? 'default_transaction_isolation' : name,
    name === 'datestyle' ? hostile : `'${hostile}'`,
  ]),
);

/** Which of them there are depends on the version. */
const alter = (what: string): string => `do $$ declare one record; begin
  for one in select x.key, x.value from json_each_text('${JSON.stringify(HOSTILE).replaceAll("'", "''")}') x join pg_settings s on s.name ilike x.key loop
    execute format('alter ${what} set %s = %s', one.key, one.value);
  end loop;
end $$`;

interface Opened {
  readonly database: Database;
  close(): Promise<void>;
}

async function onPostgres(driver: 'pg' | 'neon' | 'neon over sockets'): Promise<Opened> {
  const postgres = await createTestPostgres();
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query(
    `create schema elsewhere; create table elsewhere.settings (); create table elsewhere.audit_log ()`,
  );
  await client.query(alter(`database "${new URL(postgres.url).pathname.slice(1)}"`));
  await client.end();
  const database = await openDatabase(
    driver === 'pg' ? { url: postgres.url } : { ...postgres.neon, sockets: driver === 'neon over sockets' },
  );
  return { database, close: () => database.close().then(postgres.drop) };
}

async function onPglite(): Promise<Opened> {
  const before = await openTestPglite();
  await before.run({ name: null, text: alter('role postgres') }, []);
  const dump = await before.dump();
  await before.close();
  const database = await openPgliteMemory(dump);
  return { database, close: () => database.close() };
}

const LISTED = Object.entries(SET)
  .map(([name, [, ours]]) => `'${name}', coalesce(current_setting('${name}', true), '${ours}')`)
  .join(', ');
const ALL = { name: 'all_settings', text: `select jsonb_build_object(${LISTED}) as settings` };
const WANTED = Object.fromEntries(Object.entries(SET).map(([name, [, ours]]) => [name, ours]));
const WANTED_WITHOUT_LIMIT = { ...WANTED, idle_in_transaction_session_timeout: '0' };

let opened: Opened | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe.each(['pg', 'neon', 'neon over sockets', 'pglite'] as const)('role and database settings on %s', (driver) => {
  it('reach no statement of ours', async () => {
    opened = driver === 'pglite' ? await onPglite() : await onPostgres(driver);
    const { database } = opened;
    const wanted = driver === 'pglite' ? WANTED_WITHOUT_LIMIT : WANTED;
    // The second comes over a connection that is there already.
    for (const _ of [1, 2]) {
      const [row] = await database.run<{ settings: object }>(ALL, []);
      expect(row?.settings).toEqual(wanted);
      const [postback] = await database.run<{ settings: object }>({ ...ALL, budget: 'postbacks' }, []);
      expect(postback?.settings).toEqual(wanted);
    }
    const scanned = database.scan<{ at: string; id: string; bytes: string }>((after) => ({
      text: `select '2026-11-30 14:55:46.25+00'::timestamptz::text as at, 'a' as id, '\\xff'::bytea as bytes where $1::text is null`,
      parameters: [after && 'no more'],
    }));
    for await (const rows of scanned)
      expect(rows).toEqual([{ at: '2026-11-30 14:55:46.25+00', id: 'a', bytes: '\\xff' }]);
  });
});

describe.each(['pg', 'neon', 'neon over sockets'] as const)('role and database settings on %s', (driver) => {
  it('leave the builder’s instants, the migrations and a member’s reads as they are', async () => {
    opened = await onPostgres(driver);
    const { orm, within } = opened.database;
    const at = '2026-11-30T14:55:46.250000Z';
    await orm.insert(auditLog).values({ action: 'test', at });
    expect(await orm.select({ at: auditLog.at }).from(auditLog).where(eq(auditLog.action, 'test'))).toEqual([{ at }]);
    const member = await within.call(opened.database, { staffId: crypto.randomUUID(), projects: [] });
    expect(await member.run(ALL, [])).toEqual([{ settings: WANTED }]);
  });
});

it('migrations run whatever the role’s settings are', async () => {
  const postgres = await createTestPostgres();
  try {
    const client = new pg.Client(postgres.url);
    await client.connect();
    await client.query(
      'drop schema public cascade; create schema public; drop schema drizzle cascade; create schema elsewhere',
    );
    await client.query(alter(`database "${new URL(postgres.url).pathname.slice(1)}"`));
    // Enough for the statement that settles it, on the slowest machine.
    await client.query(`alter database "${new URL(postgres.url).pathname.slice(1)}" set statement_timeout = '50s'`);
    // As Drizzle makes it, and written to in the middle of the migrations.
    await client.query(`create schema drizzle;
      create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
      create table elsewhere.seen (statement_timeout text, settings jsonb);
      create function elsewhere.look() returns trigger language plpgsql as $$ begin
        insert into elsewhere.seen select current_setting('statement_timeout'), (${ALL.text});
        return new;
      end $$;
      create trigger looks after insert on drizzle.__drizzle_migrations for each row execute function elsewhere.look()`);
    await client.end();
    expect(await migrate({ url: postgres.url })).toBeGreaterThan(10);
    const database = await openDatabase({ url: postgres.url });
    expect(await database.run({ name: null, text: 'select count(*)::int as count from public.staff' }, [])).toEqual([
      { count: 0 },
    ]);
    const seen = { name: null, text: 'select distinct statement_timeout, settings from elsewhere.seen' };
    expect(await database.run(seen, [])).toEqual([{ statement_timeout: '0', settings: WANTED_WITHOUT_LIMIT }]);
    await database.close();
  } finally {
    await postgres.drop();
  }
});
