import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { getEnv } from '@/lib/env';
import type { Batches, Position, Scan } from './scan';
import type * as schema from './schema';
import type { Scope } from './scope';

export { DatabaseUnavailable, isUnavailable, sqlState } from './unavailable';

/** One SQL statement with $1… placeholders; the same text runs on all drivers. */
export interface Statement {
  /** Unique for its text: PostgreSQL keeps the plan under this name where the driver can. Null: planned at each run. */
  readonly name: string | null;
  readonly text: string;
  /** Whose connections it may take where they are counted; without: those of the screens. */
  readonly budget?: 'postbacks';
}

export type Parameter = string | number | boolean | null | Uint8Array | readonly string[];

type Builder = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What the builders have in common: no interactive transactions, and raw SQL goes through `run`. */
export type Orm = Pick<
  Builder,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | '$count'
  | '$with'
  | 'with'
  | 'query'
  | 'insert'
  | 'update'
  | 'delete'
>;

export interface Database {
  readonly driver: 'pglite' | 'pg' | 'neon';
  readonly orm: Orm;
  /**
   * Runs exactly one statement. Booleans, int2, int4, json and arrays of text come as JavaScript values; every other
   * type as the text PostgreSQL prints, on every driver.
   */
  run<Row>(statement: Statement, parameters: readonly Parameter[]): Promise<Row[]>;
  /** Every row of a statement in batches, at the reader's pace; on PostgreSQL and Neon all of them as of one moment. */
  scan<Row extends Position>(scan: Scan): Batches<Row>;
  /** The same for reads alone, which return no rows but these where row security is set up; elsewhere just the same. */
  within(scope: Scope): Promise<Database>;
  /** Where there is a pool. */
  readonly poolUse?: () => PoolUse;
  close(): Promise<void>;
}

export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  /** Queries that wait for a connection. */
  readonly waiting: number;
}

export interface Limits {
  readonly connections?: number;
  readonly connectMs?: number;
  readonly statementMs?: number;
}

export interface DatabaseAt {
  readonly url: string;
  readonly limits?: Limits;
  /** Where a stand-in for Neon's endpoints listens. */
  readonly neonEndpoint?: string | null;
  /** Neon over WebSocket for everything, not just where a transaction needs it. */
  readonly sockets?: boolean;
}

export type DatabaseOptions = { readonly dataDir: string } | DatabaseAt;

const SLOT: unique symbol = Symbol.for('tillbell.database');

// Next and the server in front of it are two module graphs in one process; the database is one.
const shared: typeof globalThis & { [SLOT]?: Promise<Database> | undefined } = globalThis;

/** The deployment's database, opened by whoever asks first. */
export function getDatabase(): Promise<Database> {
  shared[SLOT] ??= openOnce();
  return shared[SLOT];
}

/** The same for a member's reads: where PostgreSQL's row security is set up, a forgotten filter shows nothing foreign. */
export async function databaseFor(scope: Scope): Promise<Database> {
  const database = await getDatabase();
  return scope.projects === 'all' ? database : database.within(scope);
}

/** Puts an open database in the place of the deployment's; for tests. */
export function setDatabase(database: Database): void {
  shared[SLOT] = Promise.resolve(database);
}

/** Closes the deployment's database if it is open; the next `getDatabase` opens it again. */
export async function closeDatabase(): Promise<void> {
  const opened = shared[SLOT];
  shared[SLOT] = undefined;
  await (await opened)?.close();
}

function openOnce(): Promise<Database> {
  const opening = openDeployment();
  // What failed once may work at the next request.
  opening.catch(() => {
    if (shared[SLOT] === opening) shared[SLOT] = undefined;
  });
  return opening;
}

async function openDeployment(): Promise<Database> {
  const { databaseUrl, dataDir, neonEndpoint } = getEnv();
  return openDatabase(databaseUrl === null ? { dataDir } : { url: databaseUrl, neonEndpoint });
}

/** Each driver is loaded only where it is used: the embedded database alone is 25 MB. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if ('dataDir' in options) {
    const { openPglite } = await import('./pglite');
    return openPglite(options.dataDir);
  }
  if (isNeonHost(options.url)) {
    const { openNeon } = await import('./neon');
    return openNeon(options.url, options);
  }
  const { openPg } = await import('./pg');
  return openPg(options.url, options.limits);
}

function isNeonHost(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  return (searchParams.get('host') ?? hostname).endsWith('.neon.tech');
}
