import { neonConfig, Pool, type PoolClient, type PoolConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-serverless';
import { WebSocket } from 'ws';
import type { Database, Limits, Parameter, Statement } from './client';
import { fetchAwake } from './neon-fetch';
import { byCursor, type CursorSession } from './pg-cursor';
import { BUDGET, poolSettings, STATEMENT_MS, survive } from './pools';
import type { Position, Scan } from './scan';
import * as schema from './schema';
import { ENTER_SCOPE } from './scope';
import { settleTransaction } from './session-settings';
import { staffRole } from './staff-role';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/** Where to reach Neon: `endpoint` is a stand-in's, for tests; null: where the host says. */
export function reachNeonAt(endpoint: string | null): void {
  // Node has a WebSocket of its own from 22 on.
  if (typeof globalThis.WebSocket === 'undefined') neonConfig.webSocketConstructor = WebSocket;
  neonConfig.fetchFunction = fetchAwake;
  if (endpoint === null) return;
  const { host, protocol } = new URL(endpoint);
  neonConfig.fetchEndpoint = endpoint;
  neonConfig.wsProxy = `${host}/v2`;
  neonConfig.useSecureWebSocket = protocol === 'https:';
  // Neon takes the password with the first message; a PostgreSQL behind a stand-in asks for it first.
  neonConfig.pipelineConnect = false;
}

export interface SocketDatabase extends Database {
  /** `scan` under row security, for who has asked already whether there is any. */
  scanAs(scope: readonly string[]): Database['scan'];
}

/** Neon over WebSocket: PostgreSQL's own protocol, so that there are transactions and cursors. */
export function openNeonSocket(url: string, limits: Limits = {}): SocketDatabase {
  const config = poolConfig(url, limits);
  const pool = survive(new Pool(config));
  const postbackPool = survive(new Pool({ ...config, max: BUDGET.postbacks }));
  const scanPool = survive(new Pool({ ...config, max: BUDGET.scans, query_timeout: 0 }));

  const scanAs =
    (scope: readonly string[] | null): Database['scan'] =>
    <Row extends Position>(scan: Scan) =>
      byCursor<Row>(() => cursorSession(scanPool), scan(null, null), scope);

  const database: SocketDatabase = {
    driver: 'neon',
    orm: drizzle({ client: throughScope(pool, null), schema }),
    async run<Row>({ text, budget }: Statement, parameters: readonly Parameter[]): Promise<Row[]> {
      const result = await query(budget === 'postbacks' ? postbackPool : pool, null, toConfig(text, parameters));
      return result.rows as Row[];
    },
    scan: scanAs(null),
    scanAs,
    async within(scope) {
      const parameters = await enter(scope);
      return parameters === null ? database : scoped(parameters);
    },
    async close() {
      await Promise.all([pool.end(), postbackPool.end(), scanPool.end()]);
    },
  };
  const enter = staffRole(database);

  function scoped(parameters: readonly string[]): Database {
    return {
      ...database,
      orm: drizzle({ client: throughScope(pool, parameters), schema }),
      async run<Row>({ text }: Statement, values: readonly Parameter[]): Promise<Row[]> {
        return (await query(pool, parameters, toConfig(text, values))).rows as Row[];
      },
      scan: scanAs(parameters),
    };
  }

  return database;
}

/** What `pg` takes; without a name, for the pooled host hands out another session each time. */
interface QueryConfig {
  readonly text: string;
  readonly values?: unknown[];
}

interface Result {
  readonly rows: unknown[];
}

function toConfig(text: string, parameters: readonly Parameter[]): QueryConfig {
  const types = { getTypeParser: readerOf };
  return Object.assign({ text, values: parameters.map(toText) }, { types });
}

async function query(pool: Pool, scope: readonly string[] | null, config: QueryConfig): Promise<Result> {
  try {
    return await inTransaction(await pool.connect(), scope, config);
  } catch (error) {
    throw fromDriver(error);
  }
}

/** A pooled host hands out another session for each, so what a session must be is said in each. */
const BEGIN = `begin isolation level read committed; ${settleTransaction(STATEMENT_MS)}`;

async function inTransaction(
  client: PoolClient,
  scope: readonly string[] | null,
  config: QueryConfig,
): Promise<Result> {
  let failure: Error | undefined;
  try {
    await client.query(BEGIN);
    if (scope !== null) await client.query(ENTER_SCOPE, [...scope]);
    const result = await client.query(config);
    await client.query('commit');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection with a transaction that failed goes, and the transaction with it.
    client.release(failure);
  }
}

/** The pool as the builder sees it: every query in the scope, and failures as ours, which Drizzle takes along. */
function throughScope(pool: Pool, scope: readonly string[] | null): Pool {
  const scoped = (config: QueryConfig, values: readonly unknown[]): Promise<Result> =>
    query(pool, scope, { ...config, values: [...values] });
  return new Proxy(pool, { get: (target, name) => (name === 'query' ? scoped : Reflect.get(target, name, target)) });
}

async function cursorSession(pool: Pool): Promise<CursorSession> {
  const client = await pool.connect();
  return {
    query: (text, values) => client.query(text, values),
    fetch: async (config) => (await client.query(toConfig(config.text, []))).rows,
    end: () => client.release(true),
  };
}

function poolConfig(url: string, limits: Limits): PoolConfig {
  return { ...poolSettings(limits), connectionString: url };
}
