import { resolve } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { getEnv } from '@/lib/env';
import type { Database } from './client';
import { openPglite } from './pglite';
import { fromDriver } from './unavailable';

/** One connection, on which a transaction is a transaction. */
interface Session {
  query(text: string, parameters?: readonly string[]): Promise<readonly { readonly value?: unknown }[]>;
}

/** Any number that nobody else locks. */
const LOCK = '7229155207';

/** Applies what is new in `drizzle/` to the deployment's database; returns how many migrations that were. */
export function migrateDatabase(): Promise<number> {
  const { migrationUrl, dataDir } = getEnv();
  return migrate(migrationUrl === null ? { dataDir } : { url: migrationUrl });
}

export async function migrate(options: { readonly url: string } | { readonly dataDir: string }): Promise<number> {
  if ('url' in options) return migratePostgres(options.url);
  const database = await openPglite(options.dataDir);
  try {
    return await migrateEmbedded(database);
  } finally {
    await database.close();
  }
}

/** For an embedded database that is open already; it has one connection. */
export function migrateEmbedded(database: Database): Promise<number> {
  return applyNew({
    query: (text, parameters = []) => database.run({ name: 'migration', text }, parameters),
  });
}

async function migratePostgres(url: string): Promise<number> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'tillbell migrate',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await applyNew({
      query: async (text, parameters = []) => (await client.query(text, [...parameters])).rows,
    });
  } catch (error) {
    throw fromDriver(error);
  } finally {
    await client.end();
  }
}

/**
 * All in one transaction under one lock, so that two at once are safe and a pooler in between does no harm. The table is
 * Drizzle's own, for its tools to agree.
 */
async function applyNew(session: Session): Promise<number> {
  await session.query('begin');
  try {
    await session.query(`select pg_advisory_xact_lock(${LOCK})`);
    const count = await applyAfterLast(session);
    await session.query('commit');
    return count;
  } catch (error) {
    // The first failure is the one to hear of.
    await session.query('rollback').catch(() => {});
    throw error;
  }
}

async function applyAfterLast(session: Session): Promise<number> {
  await session.query('create schema if not exists drizzle');
  await session.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  const [last] = await session.query('select max(created_at)::text as value from drizzle.__drizzle_migrations');
  const migrations = readMigrationFiles({ migrationsFolder: resolve(process.cwd(), 'drizzle') }).filter(
    ({ folderMillis }) => folderMillis > Number(last?.value ?? 0),
  );
  for (const { sql, hash, folderMillis } of migrations) {
    for (const statement of sql) await session.query(statement);
    await session.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2::bigint)', [
      hash,
      String(folderMillis),
    ]);
  }
  return migrations.length;
}
