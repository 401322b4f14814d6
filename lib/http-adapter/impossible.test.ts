import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseImpossible } from './impossible';

let server: Server;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    if (!refuseImpossible(incoming, outgoing)) outgoing.end('Next');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close().closeAllConnections());

async function ask(line: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${line} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

it.each(['/invitation/%', '/invoices/%E0%A4%A', '/api/exports/%ff.csv', '/api/auth/%zz?q=1', '/%c3%28'])(
  'an address that no route can read is refused: %s',
  async (path) => {
    expect(await ask(`GET ${path}`)).toMatch(/^HTTP\/1\.1 400 .*"The address is not readable"/s);
  },
);

it('a method that Next cannot answer is refused', async () => {
  expect(await ask('TRACE /invoices')).toMatch(/^HTTP\/1\.1 405 .*allow: GET/is);
});

it.each(['GET /invoices/%E2%82%AC', 'GET /?q=%', 'GET /%2e%2e', 'POST /a%20b#%', 'DELETE /'])(
  '%s goes on',
  async (line) => {
    expect(await ask(line)).toMatch(/Next$/);
  },
);
