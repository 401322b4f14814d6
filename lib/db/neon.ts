import { type HTTPQueryOptions, type NeonQueryFunction, neon } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import type { Database, DatabaseAt, Parameter, Statement } from './client';
import { openNeonSocket, reachNeonAt } from './neon-socket';
import { STATEMENT_MS } from './pools';
import * as schema from './schema';
import { ENTER_SCOPE } from './scope';
import { settleTransaction } from './session-settings';
import { staffRole } from './staff-role';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/**
 * Neon. Statements go over HTTP: a request each, no session, nothing to keep open while the database sleeps. What needs
 * a transaction for longer than one statement has a connection over WebSocket for that long.
 */
export function openNeon(url: string, { limits = {}, neonEndpoint = null, sockets = false }: Options = {}): Database {
  reachNeonAt(neonEndpoint);
  const socket = openNeonSocket(url, limits);
  if (sockets) return socket;
  const statementMs = limits.statementMs ?? STATEMENT_MS;
  const client = neon(url, { fetchOptions: fetchOptions(statementMs) });
  const open: Database = {
    ...overHttp(settled(client, statementMs, null)),
    scan: socket.scan,
    close: socket.close,
    within: async () => database,
  };
  const enter = staffRole(open);
  const database: Database = {
    ...open,
    async within(scope) {
      const parameters = await enter(scope);
      if (parameters === null) return database;
      return { ...open, ...overHttp(settled(client, statementMs, parameters)), scan: socket.scanAs(parameters) };
    },
  };
  return database;
}

type Options = Omit<DatabaseAt, 'url'>;

type Client = NeonQueryFunction<false, false>;

function overHttp(client: Client): Pick<Database, 'driver' | 'orm' | 'run'> {
  async function run<Row>({ text }: Statement, parameters: readonly Parameter[]): Promise<Row[]> {
    try {
      const rows = await client.query(text, parameters.map(toText), { types: { getTypeParser: readerOf } });
      return rows as Row[];
    } catch (error) {
      throw fromDriver(error);
    }
  }

  return { driver: 'neon', orm: drizzle({ client, schema }), run };
}

/** The client with its settings, and where there is one its scope, before every query: all travel in one request and are one transaction. */
function settled(client: Client, statementMs: number, scope: readonly string[] | null): Client {
  const settings = settleTransaction(statementMs);
  const query = async (
    text: string,
    values?: unknown[],
    options?: HTTPQueryOptions<false, false>,
  ): Promise<unknown> => {
    const before = [client.query(settings), ...(scope === null ? [] : [client.query(ENTER_SCOPE, [...scope])])];
    const wanted = [...before, client.query(text, values, options)];
    return (await client.transaction(wanted, { isolationLevel: 'ReadCommitted' })).at(-1);
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
