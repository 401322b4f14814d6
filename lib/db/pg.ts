import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Limits, Parameter, Statement } from './client';
import { byCursor } from './pg-cursor';
import { runScoped, type ScopedConfig } from './pg-scoped';
import type { Position, Scan } from './scan';
import * as schema from './schema';
import { staffRole } from './staff-role';
import { fromDriver, sqlState } from './unavailable';
import { readerOf, toText } from './values';

/** No such prepared statement, or one of that name already there: a pooler hands out another session each time. */
const POOLED = new Set(['26000', '42P05']);

/** PostgreSQL over TCP. Connects on first use, so that a start does not wait for a database that is starting too. */
export function openPg(url: string, limits: Limits = {}): Database {
  const pool = new pg.Pool(poolConfig(url, limits));
  // Without listeners a restarting database ends the process; the pool drops the client and the next query says more.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  let named = true;

  async function query<Row>(statement: Statement, parameters: readonly Parameter[]): Promise<Row[]> {
    const config = {
      text: statement.text,
      // Bytes go as they are; their text would be twice as long.
      values: parameters.map((value) =>
        value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : toText(value),
      ),
      types: { getTypeParser: readerOf },
      ...(named && statement.name !== null ? { name: statement.name } : {}),
    };
    const result = await pool.query(config);
    // What a statement returns is its author's promise.
    return result.rows as Row[];
  }

  const database: Database = {
    driver: 'pg',
    orm: drizzle({ client: pool, schema }),
    async run<Row>(statement: Statement, parameters: readonly Parameter[]): Promise<Row[]> {
      try {
        return await query<Row>(statement, parameters);
      } catch (error) {
        // The statement has not run: it failed where its name was looked up.
        if (named && POOLED.has(sqlState(error) ?? '')) {
          named = false;
          return this.run<Row>(statement, parameters);
        }
        throw fromDriver(error);
      }
    },
    scan: <Row extends Position>(scan: Scan) => byCursor<Row>(poolConfig(url, limits), scan(null, null)),
    async within(scope) {
      const parameters = await enter(scope);
      return parameters === null ? database : scoped(parameters);
    },
    async close() {
      await pool.end();
    },
  };
  const enter = staffRole(database);

  function scoped(parameters: readonly string[]): Database {
    return {
      ...database,
      orm: drizzle({ client: throughScope(pool, parameters), schema }),
      async run<Row>({ text }: Statement, values: readonly Parameter[]): Promise<Row[]> {
        try {
          const types = { getTypeParser: readerOf };
          const result = await runScoped(pool, parameters, { text, values: values.map(toText), types });
          // What a statement returns is its author's promise.
          return result.rows as unknown[] as Row[];
        } catch (error) {
          throw fromDriver(error);
        }
      },
      scan: <Row extends Position>(scan: Scan) => byCursor<Row>(poolConfig(url, limits), scan(null, null), parameters),
    };
  }

  return database;
}

/** The pool as the builder sees it, with every query in the scope. */
function throughScope(pool: pg.Pool, parameters: readonly string[]): pg.Pool {
  const query = (config: ScopedConfig, values: readonly unknown[]): Promise<pg.QueryArrayResult> =>
    runScoped(pool, parameters, { ...config, values });
  return new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target)) });
}

function poolConfig(url: string, limits: Limits): pg.PoolConfig {
  const statementMs = limits.statementMs ?? 7_000;
  return {
    // Settings in the address win over these: `?statement_timeout=` for a pooler that refuses the parameter.
    connectionString: url,
    max: limits.connections ?? 8,
    // A plan is kept with its connection: no longer than this after the tables have grown out of it.
    maxLifetimeSeconds: 60,
    connectionTimeoutMillis: limits.connectMs ?? 3_000,
    statement_timeout: statementMs,
    // The server cannot tell us about its limit when the network between is gone.
    query_timeout: statementMs + 500,
    keepAlive: true,
    application_name: 'tillbell',
  };
}
