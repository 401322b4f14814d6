import { neon, neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import type { Database, Limits, Parameter, Statement } from './client';
import { byPosition, type Position, type Query, type Scan } from './scan';
import * as schema from './schema';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/** A request a batch, so each carries more. */
const FAR_BATCH = 1_000;

/** Neon over HTTP: a request a statement, no session, nothing to keep open. `endpoint` is a stand-in's, for tests. */
export function openNeon(url: string, limits: Limits = {}, endpoint: string | null = null): Database {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const client = neon(url, { fetchOptions: fetchOptions(limits.statementMs ?? 7_000) });
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
    async close() {},
  };
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
