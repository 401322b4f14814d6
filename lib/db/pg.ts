import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Limits, Parameter, Statement } from './client';
import { byCursor, type CursorSession, type RowsQuery } from './pg-cursor';
import { type Preceding, type QueryConfig, queryAfter } from './pg-pipeline';
import { BUDGET, CONNECT_MS, poolSettings, STATEMENT_MS, survive } from './pools';
import type { Position, Scan } from './scan';
import * as schema from './schema';
import { ENTER_SCOPE } from './scope';
import { settleSession, settleTransaction } from './session-settings';
import { staffRole } from './staff-role';
import { fromDriver, sqlState } from './unavailable';
import { readerOf, toText } from './values';

/** PostgreSQL over TCP. Connects on first use, so that a start does not wait for a database that is starting too. */
export function openPg(url: string, limits: Limits = {}): Database {
  const statementMs = limits.statementMs ?? STATEMENT_MS;
  const shared = { ...poolSettings(limits), connectionString: url, keepAlive: true };
  const screens = new Connections(shared, statementMs);
  const postbacks = new Connections({ ...shared, max: BUDGET.postbacks }, statementMs);
  const scanPool = survive(new pg.Pool({ ...shared, max: BUDGET.scans, query_timeout: 0 }));

  /** `scope`: under row security. */
  function open(scope: readonly string[] | null): Pick<Database, 'orm' | 'run' | 'scan'> {
    const preceding = scope === null ? [] : [{ text: ENTER_SCOPE, values: scope }];
    return {
      orm: drizzle({ client: screens.forBuilder(preceding), schema }),
      async run<Row>({ name, text, budget }: Statement, parameters: readonly Parameter[]): Promise<Row[]> {
        const config: QueryConfig = {
          text,
          values: parameters.map(toValue),
          types: { getTypeParser: readerOf },
          ...(name === null ? {} : { name }),
        };
        try {
          const result = await (budget === 'postbacks' ? postbacks : screens).query(preceding, config);
          // What a statement returns is its author's promise.
          return result.rows as unknown[] as Row[];
        } catch (error) {
          throw fromDriver(error);
        }
      },
      scan: <Row extends Position>(scan: Scan) => byCursor<Row>(() => cursorSession(scanPool), scan(null, null), scope),
    };
  }

  const database: Database = {
    driver: 'pg',
    ...open(null),
    async within(scope) {
      const parameters = await enter(scope);
      return parameters === null ? database : { ...database, ...open(parameters) };
    },
    poolUse: () => screens.use(),
    async close() {
      await Promise.all([screens.end(), postbacks.end(), scanPool.end()]);
    },
  };
  const enter = staffRole(database);
  return database;
}

/** Bytes go as they are; their text would be twice as long. */
function toValue(value: Parameter): unknown {
  if (!(value instanceof Uint8Array)) return toText(value);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** No such prepared statement, or one of that name already there: another session than the one it was prepared in. */
const OTHER_SESSION = new Set(['26000', '42P05']);

/**
 * A pool whose sessions are settled: directly at PostgreSQL once a connection. Behind a pooler such as PgBouncer each
 * transaction may have another session, so there the settings travel in front of each statement, which has no name then.
 */
class Connections {
  private readonly pool: pg.Pool;
  private readonly pooled = new WeakSet<pg.ClientBase>();
  private readonly settings: Preceding;

  constructor(config: pg.PoolConfig, statementMs: number) {
    this.settings = { text: settleTransaction(statementMs), values: [] };
    this.pool = survive(
      new pg.Pool({ ...config, verify: (client, done) => this.settle(client, statementMs).then(() => done(), done) }),
    );
  }

  /** Of each new connection, before anybody has it. */
  private async settle(client: pg.PoolClient, statementMs: number): Promise<void> {
    const backend = 'processID' in client ? Number(client.processID) : null;
    const text = settleSession(statementMs, backend);
    const { rowCount } = await client.query(Object.assign({ text }, { query_timeout: CONNECT_MS }));
    if (rowCount === 0) this.pooled.add(client);
  }

  async query(preceding: readonly Preceding[], config: QueryConfig): Promise<pg.QueryArrayResult> {
    const client = await this.pool.connect();
    try {
      const result = await this.send(client, preceding, config);
      client.release();
      return result;
    } catch (error) {
      // Without a SQLSTATE nobody knows what the connection is still busy with.
      client.release(sqlState(error) === null);
      throw error;
    }
  }

  private async send(
    client: pg.PoolClient,
    preceding: readonly Preceding[],
    config: QueryConfig,
  ): Promise<pg.QueryArrayResult> {
    if (this.pooled.has(client)) return queryAfter(client, [this.settings, ...preceding], config);
    if (preceding.length > 0) return queryAfter(client, preceding, config);
    try {
      return await client.query({ ...config, values: [...(config.values ?? [])] } as pg.QueryArrayConfig);
    } catch (error) {
      if (!OTHER_SESSION.has(sqlState(error) ?? '')) throw error;
      // The statement has not run: it failed where its name was looked up.
      this.pooled.add(client);
      return this.send(client, preceding, config);
    }
  }

  /** The pool as the builder sees it, which only ever asks it to `query`. */
  forBuilder(preceding: readonly Preceding[]): pg.Pool {
    const query = (config: QueryConfig, values: readonly unknown[]): Promise<pg.QueryArrayResult> =>
      this.query(preceding, { ...config, values });
    return new Proxy(this.pool, {
      get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target)),
    });
  }

  use(): NonNullable<ReturnType<NonNullable<Database['poolUse']>>> {
    return { open: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount };
  }

  end(): Promise<void> {
    return this.pool.end();
  }
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
