import { resolve } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { getEnv } from '@/lib/env';
import type { Database } from './client';
import { openPglite } from './pglite';
import { retry } from './retry';
import { applyRowSecurity } from './row-security';
import { inTransaction, type Session } from './session';
import { fromDriver } from './unavailable';
import { DatabaseUnfit, requireFit } from './unfit';

/**
 * What SQL alone cannot do, by the name that the first line of a migration's file gives it (`-- data migration: name`).
 * It runs after all new SQL and in its transaction, so that a failure leaves the database as it was.
 */
export type DataMigrations = Readonly<Record<string, (session: Session) => Promise<void>>>;

/** Applies what is new in `drizzle/` to the deployment's database; returns how many migrations that were. */
export function migrateDatabase(data: DataMigrations): Promise<number> {
  const { migrationUrl, databaseUrl, dataDir } = getEnv();
  return migrate(migrationUrl === null ? { dataDir } : { url: migrationUrl, appUrl: databaseUrl }, data);
}

interface Server {
  readonly url: string;
  /** Where the application itself connects; with a role of its own it is kept apart from the owner of the tables. */
  readonly appUrl?: string | null;
}

export async function migrate(
  options: Server | { readonly dataDir: string },
  data: DataMigrations = {},
): Promise<number> {
  if ('url' in options) return migratePostgres(options, data);
  const database = await openPglite(options.dataDir);
  try {
    return await migrateEmbedded(database, data);
  } finally {
    await database.close();
  }
}

/** For an embedded database that is open already; it has one connection. */
export function migrateEmbedded(database: Database, data: DataMigrations = {}): Promise<number> {
  const query: Session['query'] = (text, parameters = []) => database.run({ name: 'migration', text }, parameters);
  return applyNew({ query }, data);
}

function migratePostgres({ url, appUrl = null }: Server, data: DataMigrations): Promise<number> {
  return withClient(url, async (session) => {
    const count = await applyNew(session, data);
    if (appUrl === null || appUrl === url) return count;
    // Asked, not read from the address: in front of a pooler the names differ.
    const app = await withClient(appUrl, async (asked) => {
      const [row] = await asked.query('select current_user::text as value');
      return String(row?.value);
    });
    const division = await applyRowSecurity(session, app);
    if (division?.withoutRowSecurity) sayWhy(division.withoutRowSecurity);
    return count;
  });
}

function sayWhy(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `Row security is not enforced (${why}): the role of DATABASE_MIGRATION_URL must be allowed to create roles.\n`,
  );
}

async function withClient<Result>(url: string, work: (session: Session) => Promise<Result>): Promise<Result> {
  try {
    const client = await retry(() => connect(url));
    const session: Session = {
      query: async (text, parameters = []) => (await client.query(text, [...parameters])).rows,
    };
    const fit = requireFit(session, 'processID' in client ? Number(client.processID) : 0);
    return await fit.then(() => work(session)).finally(() => client.end());
  } catch (error) {
    throw error instanceof DatabaseUnfit ? error : fromDriver(error);
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'tillbell migrate',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** All in one transaction. The table is Drizzle's own, for its tools to agree. */
function applyNew(session: Session, data: DataMigrations): Promise<number> {
  return inTransaction(session, () => applyAfterLast(session, data));
}

async function applyAfterLast(session: Session, data: DataMigrations): Promise<number> {
  await session.query('create schema if not exists drizzle');
  await session.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  const [last] = await session.query('select max(created_at)::text as value from drizzle.__drizzle_migrations');
  const isNew = !last?.value;
  const migrations = allMigrations().filter(({ folderMillis }) => folderMillis > Number(last?.value ?? 0));
  for (const { sql, hash, folderMillis } of migrations) {
    for (const statement of sql) await session.query(statement);
    await session.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2::bigint)', [
      hash,
      String(folderMillis),
    ]);
  }
  // The program's statements expect the newest tables. A new database has no data yet.
  if (!isNew) for (const { sql } of migrations) await migrateData(session, sql, data);
  return migrations.length;
}

async function migrateData(session: Session, sql: readonly string[], data: DataMigrations): Promise<void> {
  const name = /^-- data migration: (\w+)/.exec(sql[0] ?? '')?.[1];
  if (name === undefined) return;
  const step = data[name];
  if (!step) throw new Error(`The data migration ${name} is missing`);
  await step(session);
}

function allMigrations(): ReturnType<typeof readMigrationFiles> {
  return readMigrationFiles({ migrationsFolder: resolve(process.cwd(), 'drizzle') });
}

/** When the newest migration that this program knows was made; what a database notes of its own. */
export function newestMigration(): number {
  return Math.max(...allMigrations().map(({ folderMillis }) => folderMillis));
}
