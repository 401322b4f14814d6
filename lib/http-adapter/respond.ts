import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '@/lib/postbacks/outcome';

/** How long a sender that is still sending gets to read its answer. */
const LINGER_MS = 2_000;

const lingering = new WeakSet<Socket>();

/** Whether this connection has its answer and only waits for the sender to notice. */
export function isLingering(socket: Socket): boolean {
  return lingering.has(socket);
}

export async function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): Promise<void> {
  if (outgoing.destroyed) return;
  const body = JSON.stringify(answer.body);
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...answer.headers,
  };
  if (incoming.complete || !hasBody(incoming)) {
    outgoing.writeHead(answer.status, headers).end(body);
    return;
  }
  headers.connection = 'close';
  outgoing.writeHead(answer.status, headers).write(body);
  await readToTheEnd(incoming);
  outgoing.end();
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Closing on a sender in full flow resets the connection, and the answer is lost with it. */
async function readToTheEnd(incoming: IncomingMessage): Promise<void> {
  lingering.add(incoming.socket);
  const patience = new AbortController();
  const ended = new Promise<void>((resolve) => incoming.once('end', resolve).once('close', resolve));
  incoming.on('data', ignore).resume();
  await Promise.race([ended, wait(LINGER_MS, undefined, { signal: patience.signal }).catch(ignore)]);
  patience.abort();
}

function ignore(): void {}
