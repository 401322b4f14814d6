import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { rereadEnv } from '@/lib/env';
import type { PostbackRequest } from '@/lib/postbacks/request';
import { toPostbackRequest } from './request';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  vi.unstubAllEnvs();
  rereadEnv();
});

/** The request as the receiver is handed it. */
async function requestOf(...headers: readonly string[]): Promise<PostbackRequest> {
  let taken: PostbackRequest | undefined;
  const server = createServer((incoming, outgoing) => {
    taken = toPostbackRequest(incoming, outgoing, 'key');
    outgoing.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(['POST / HTTP/1.1', 'host: a', 'connection: close', ...headers, '', ''].join('\r\n'));
  await text(socket);
  if (!taken) throw new Error('The request did not arrive');
  return taken;
}

it('hands on a signature header that was sent twice as a list', async () => {
  const { headers } = await requestOf('X-Sign-V2: abc=', 'x-sign-v2: abc=');
  expect([headers.get('x-sign-v2'), headers.has('x-sign')]).toEqual(['abc=, abc=', false]);
});

it('knows the sender by the connection, and by a header only behind a trusted proxy', async () => {
  const forwarded = 'X-Forwarded-For: 1.2.3.4, 198.51.100.7';
  expect((await requestOf(forwarded)).senderAddress).toBe('127.0.0.1');
  vi.stubEnv('TRUSTED_PROXIES', '127.0.0.1');
  rereadEnv();
  expect((await requestOf(forwarded)).senderAddress).toBe('198.51.100.7');
  expect((await requestOf('X-Forwarded-For: nonsense')).senderAddress).toBe('127.0.0.1');
});
