import { type HTTPQueryOptions, type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import type { Database, Limits, Parameter, Statement } from './client';
import { byPosition, type Position, type Query, type Scan } from './scan';
import * as schema from './schema';
import { ENTER_SCOPE } from './scope';
import { staffRole } from './staff-role';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/** A request a batch, so each carries more. */
const FAR_BATCH = 1_000;

/** Neon over HTTP: a request a statement, no session, nothing to keep open. `endpoint` is a stand-in's, for tests. */
export function openNeon(url: string, limits: Limits = {}, endpoint: string | null = null): Database {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const client = neon(url, { fetchOptions: fetchOptions(limits.statementMs ?? 7_000) });
  const open = toDatabase(client);
  const enter = staffRole(open);
  const database: Database = {
    ...open,
    async within(scope) {
      const parameters = await enter(scope);
      return parameters === null ? database : toDatabase(throughScope(client, parameters));
    },
  };
  return database;
}

type Client = NeonQueryFunction<false, false>;

function toDatabase(client: Client): Database {
  async function query<Row>({ text, parameters }: Query): Promise<Row[]> {
    try {
      const rows = await client.query(text, parameters.map(toText), { types: { getTypeParser: readerOf } });
      return rows as Row[];
    } catch (error) {
      throw fromDriver(error);
    }
  }

  return {
    driver: 'neon',
    orm: drizzle({ client, schema }),
    run: <Row>({ text }: Statement, parameters: readonly Parameter[]) => query<Row>({ text, parameters }),
    scan: <Row extends Position>(scan: Scan) => byPosition<Row>(query, scan, FAR_BATCH),
    async within() {
      return this;
    },
    async close() {},
  };
}

/** The client with every query in the scope: the two travel in one request and are one transaction. */
function throughScope(client: Client, parameters: readonly string[]): Client {
  const query = async (
    text: string,
    values?: unknown[],
    options?: HTTPQueryOptions<false, false>,
  ): Promise<unknown> => {
    const read = client.query(text, values, options);
    const [, result] = await client.transaction([client.query(ENTER_SCOPE, [...parameters]), read]);
    return result;
  };
  return new Proxy(client, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target)) });
}

/** The driver spreads these into every request, which reads the getter anew: each request gets its own time limit. */
function fetchOptions(timeoutMs: number): RequestInit {
  return {
    // Next caches what `fetch` returns unless told not to.
    cache: 'no-store',
    get signal() {
      return AbortSignal.timeout(timeoutMs);
    },
  };
}
