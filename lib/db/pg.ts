import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Limits, Parameter, Statement } from './client';
import { byCursor, type CursorSession, type RowsQuery } from './pg-cursor';
import { runScoped, type ScopedConfig } from './pg-scoped';
import { BUDGET, poolSettings, STATEMENT_MS, survive } from './pools';
import type { Position, Scan } from './scan';
import * as schema from './schema';
import { staffRole } from './staff-role';
import { fromDriver, sqlState } from './unavailable';
import { readerOf, toText } from './values';

/** No such prepared statement, or one of that name already there: a pooler hands out another session each time. */
const POOLED = new Set(['26000', '42P05']);

/** PostgreSQL over TCP. Connects on first use, so that a start does not wait for a database that is starting too. */
export function openPg(url: string, limits: Limits = {}): Database {
  const config = poolConfig(url, limits);
  const pool = survive(new pg.Pool(config));
  const postbackPool = survive(new pg.Pool({ ...config, max: BUDGET.postbacks }));
  const scanPool = survive(new pg.Pool({ ...config, max: BUDGET.scans, query_timeout: 0 }));
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
    const result = await (statement.budget === 'postbacks' ? postbackPool : pool).query(config);
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
    scan: <Row extends Position>(scan: Scan) => byCursor<Row>(() => cursorSession(scanPool), scan(null, null)),
    async within(scope) {
      const parameters = await enter(scope);
      return parameters === null ? database : scoped(parameters);
    },
    poolUse: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
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
        try {
          const types = { getTypeParser: readerOf };
          const result = await runScoped(pool, parameters, { text, values: values.map(toText), types });
          // What a statement returns is its author's promise.
          return result.rows as unknown[] as Row[];
        } catch (error) {
          throw fromDriver(error);
        }
      },
      scan: <Row extends Position>(scan: Scan) =>
        byCursor<Row>(() => cursorSession(scanPool), scan(null, null), parameters),
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

async function cursorSession(pool: pg.Pool): Promise<CursorSession> {
  const client = await pool.connect();
  return {
    query: (text, values) => client.query(text, values),
    fetch: (query) => rowByRow(client, query),
    end: () => client.release(true),
  };
}

/** The results of `client.query` outlive their batch, and those of a million rows take 50 MB more. */
function rowByRow(client: pg.PoolClient, query: RowsQuery): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[] = [];
    const fetching = new pg.Query(query);
    fetching.on('row', (row) => void rows.push(row));
    fetching.once('end', () => resolve(rows));
    fetching.once('error', reject);
    client.query(fetching);
  });
}

function poolConfig(url: string, limits: Limits): pg.PoolConfig {
  return {
    ...poolSettings(limits),
    // Settings in the address win over these: `?statement_timeout=` for a pooler that refuses the parameter.
    connectionString: url,
    statement_timeout: limits.statementMs ?? STATEMENT_MS,
    keepAlive: true,
  };
}
