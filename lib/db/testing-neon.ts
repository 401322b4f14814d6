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
 * What Neon does in front of the PostgreSQL at `serverUrl`. Over HTTP a connection a request, text in and out; over
 * WebSocket PostgreSQL's own protocol, byte for byte.
 */
export async function startNeonStandIn(serverUrl: string): Promise<NeonStandIn> {
  const server = createServer((request, response) => void answer(serverUrl, request, response));
  server.keepAliveTimeout = 0;
  const sockets = new WebSocketServer({ server, path: '/v2' });
  sockets.on('connection', (socket) => void tunnel(serverUrl, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}/sql`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
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

async function answer(serverUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const wanted = requestBody.parse(JSON.parse(await text(request)));
    const client = new pg.Client({ connectionString: realUrl(serverUrl, request) });
    client.on('error', () => {});
    await client.connect();
    try {
      const answered = 'queries' in wanted ? await runTogether(client, wanted.queries) : await run(client, wanted);
      send(response, 200, answered);
    } finally {
      await client.end();
    }
  } catch (error) {
    // Neon hands on PostgreSQL's fields; a message without them is the endpoint's own.
    send(response, 400, error instanceof Error ? { ...error, message: error.message } : { message: String(error) });
  }
}

/** The client's address names Neon's host; database and user are taken from it. */
function realUrl(serverUrl: string, request: IncomingMessage): string {
  const asked = new URL(String(request.headers['neon-connection-string']));
  const url = new URL(serverUrl);
  url.pathname = asked.pathname;
  url.username = asked.username;
  return url.href;
}

async function runTogether(client: pg.Client, queries: readonly Query[]): Promise<unknown> {
  await client.query('begin');
  const results = [];
  for (const one of queries) results.push(await run(client, one));
  await client.query('commit');
  return { results };
}

async function run(client: pg.Client, { query: statement, params }: Query): Promise<unknown> {
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
