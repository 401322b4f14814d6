import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

export interface NeonStandIn {
  /** For `neonEndpoint` or the setting TILLBELL_NEON_ENDPOINT. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const query = z.object({ query: z.string(), params: z.array(z.unknown()) });
const requestBody = z.union([z.object({ queries: z.array(query) }), query]);

type Query = z.infer<typeof query>;

/**
 * A fake of Neon's endpoints in front of the PostgreSQL at `serverUrl`. Over HTTP each request has a connection of a pool, text in and
 * out; over WebSocket PostgreSQL's own protocol, byte for byte.
 */
export async function startNeonStandIn(serverUrl: string): Promise<NeonStandIn> {
  const pools = new Pools(serverUrl);
  const server = createServer((request, response) => void answer(pools, request, response));
  server.keepAliveTimeout = 0;
  const sockets = new WebSocketServer({ server, path: '/v2' });
  sockets.on('connection', (socket) => void tunnel(serverUrl, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}/sql`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pools.end();
    },
  };
}

/** The address that an app is given to reach `databaseUrl` through the stand-in. */
export function neonUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.host = 'ep-stand-in.test.neon.tech';
  url.port = '';
  return url.href;
}

async function tunnel(serverUrl: string, socket: WebSocket): Promise<void> {
  const { hostname, port } = new URL(serverUrl);
  const outside = createWebSocketStream(socket);
  const inside = connect(Number(port), hostname);
  // When one side ends, however it ends, both are gone.
  await Promise.race([pipeline(outside, inside), pipeline(inside, outside)]).catch(() => {});
  outside.destroy();
  inside.destroy();
}

async function answer(pools: Pools, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const wanted = requestBody.parse(JSON.parse(await text(request)));
    const client = await pools.of(String(request.headers['neon-connection-string'])).connect();
    try {
      const isolation = String(request.headers['neon-batch-isolation-level'] ?? '');
      const answered =
        'queries' in wanted ? await runTogether(client, wanted.queries, isolation) : await run(client, wanted);
      client.release();
      send(response, 200, answered);
    } catch (error) {
      // Its transaction may be open: it is closed rather than used again.
      client.release(true);
      throw error;
    }
  } catch (error) {
    // Neon hands on PostgreSQL's fields; a message without them is the endpoint's own.
    send(response, 400, error instanceof Error ? { ...error, message: error.message } : { message: String(error) });
  }
}

/** Connections by database and user. Many tests have a database of their own, so none is kept for long. */
class Pools {
  private readonly open = new Map<string, pg.Pool>();

  constructor(private readonly serverUrl: string) {}

  of(asked: string): pg.Pool {
    const connectionString = realUrl(this.serverUrl, asked);
    const known = this.open.get(connectionString);
    if (known) return known;
    const pool = new pg.Pool({ connectionString, max: 8, idleTimeoutMillis: 1_000 });
    // Its database was dropped, or the server was stopped.
    pool.on('error', () => {});
    // One that is in use when that happens says so between two queries, and nobody else would listen.
    pool.on('connect', (client) => client.on('error', () => {}));
    this.open.set(connectionString, pool);
    return pool;
  }

  async end(): Promise<void> {
    const pools = [...this.open.values()];
    this.open.clear();
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

/** The client's address names Neon's host; database and user are taken from it. */
function realUrl(serverUrl: string, connectionString: string): string {
  const asked = new URL(connectionString);
  const url = new URL(serverUrl);
  url.pathname = asked.pathname;
  url.username = asked.username;
  return url.href;
}

async function runTogether(client: pg.PoolClient, queries: readonly Query[], isolation: string): Promise<unknown> {
  await client.query(isolation === 'ReadCommitted' ? 'begin isolation level read committed' : 'begin');
  const results = [];
  for (const one of queries) results.push(await run(client, one));
  await client.query('commit');
  return { results };
}

async function run(client: pg.PoolClient, { query: statement, params }: Query): Promise<unknown> {
  const { fields, rows, command, rowCount } = await client.query({
    text: statement,
    values: params,
    rowMode: 'array',
    types: { getTypeParser: () => (value: string) => value },
  });
  return { fields, rows, command, rowCount, rowAsArray: true };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
