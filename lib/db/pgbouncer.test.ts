import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from './client';
import { migrate } from './migrate';
import { auditLog, staff } from './schema';
import { createTestPostgres, type TestPostgres } from './testing';
import { freePort } from './testing-postgres';
import { unprivileged } from './testing-postgres-files';
import { findProgram } from './testing-program';

const program = findProgram('pgbouncer') ?? '';

/** As Debian installs it, but for where it listens; with fewer sessions than we have connections, each serves many of them. */
function settingsOf(serverUrl: string, port: number, folder: string): string {
  const { hostname, port: server } = new URL(serverUrl);
  return `
[databases]
* = host=${hostname} port=${server}
[pgbouncer]
pool_mode = transaction
default_pool_size = 2
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users')}
`;
}

const SHOWN = {
  name: 'shown',
  text: `select '2026-11-30 14:55:46.25+00'::timestamptz::text as at, '\\xff'::bytea as bytes,
    current_setting('statement_timeout') as "limit", pg_backend_pid() as session, pg_sleep(0.005)::text as nothing`,
};

describe.skipIf(program === '')('behind a PgBouncer in transaction mode', { shuffle: false }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-pgbouncer-'));
  let postgres: TestPostgres;
  let child: ChildProcess;
  let url: string;
  let database: Database;

  beforeAll(async () => {
    postgres = await createTestPostgres();
    const port = await freePort();
    const pooled = new URL(postgres.url);
    pooled.port = String(port);
    url = pooled.href;
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'users'), '"postgres" ""\n');
    writeFileSync(join(folder, 'pgbouncer.ini'), settingsOf(postgres.url, port, folder));
    // It refuses to be root, as PostgreSQL does.
    child = spawn(program, [join(folder, 'pgbouncer.ini')], { ...unprivileged(), stdio: 'ignore' });
    database = await openDatabase({ url });
    await vi.waitUntil(() => answers(url), { timeout: 20_000 });
  });
  afterAll(async () => {
    await database.close();
    child.kill('SIGKILL');
    await postgres.drop();
    rmSync(folder, { recursive: true });
  });

  it('migrations run, two at once and where there is nothing yet', async () => {
    await ask(postgres.url, 'drop schema public cascade; create schema public; drop schema drizzle cascade');
    const counts = await Promise.all([migrate({ url }), migrate({ url, appUrl: postgres.url })]);
    expect(counts.sort()[0]).toBe(0);
    expect(counts[1]).toBeGreaterThan(10);
  });

  it('every statement is as it is without one, whichever session it gets, and whatever the role is set to', async () => {
    const name = new URL(postgres.url).pathname.slice(1);
    for (const setting of ["datestyle = 'German'", "bytea_output = 'escape'", "search_path = 'elsewhere'"])
      await ask(postgres.url, `alter database "${name}" set ${setting}`);
    // The sessions that it keeps have begun without them.
    await ask(
      postgres.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    );
    await vi.waitUntil(() => answers(url), { timeout: 20_000 });
    const seen = await Promise.all(Array.from({ length: 40 }, () => database.run<{ session: number }>(SHOWN, [])));
    for (const rows of seen)
      expect(rows).toMatchObject([{ at: '2026-11-30 14:55:46.25+00', bytes: '\\xff', limit: '7s' }]);
    expect(new Set(seen.flat().map(({ session }) => session)).size).toBe(2);
    const at = '2026-11-30T14:55:46.250000Z';
    expect(await database.orm.insert(auditLog).values({ action: 'test', at }).returning({ at: auditLog.at })).toEqual([
      { at },
    ]);
    expect(await database.orm.$count(staff)).toBe(0);
  });

  it('a file is read to its end on one session, as of one moment', async () => {
    const scan = database.scan<{ at: string; id: string }>(() => ({
      text: `select (timestamptz '2026-01-01 00:00:00+00' + n * interval '1 second')::text as at, n::text as id
        from generate_series(1, 1000) n order by n`,
      parameters: [],
    }));
    const rows = [];
    for await (const batch of scan) rows.push(...batch);
    expect([rows.length, rows[0]?.at]).toEqual([1_000, '2026-01-01 00:00:01+00']);
  });

  it('leaves nothing on the sessions that others use', async () => {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('statement_timeout') as "limit", current_setting('bytea_output') as output`,
    );
    await client.end();
    expect(rows).toEqual([{ limit: '0', output: 'escape' }]);
  });

  it('says so where the role’s isolation is one that it cannot change there', async () => {
    const name = new URL(postgres.url).pathname.slice(1);
    await ask(postgres.url, `alter database "${name}" set default_transaction_isolation = 'serializable'`);
    await ask(
      postgres.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    );
    await vi.waitUntil(() => answers(url), { timeout: 20_000 });
    await expect(migrate({ url })).rejects.toThrow(
      'Behind a pooler default_transaction_isolation must be read committed',
    );
    expect(await migrate({ url: postgres.url })).toBe(0);
  });
});

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

async function answers(url: string): Promise<boolean> {
  return ask(url, 'select 1').then(
    () => true,
    () => false,
  );
}
