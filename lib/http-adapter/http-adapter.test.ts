import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { SenderGone } from '@/lib/body-limit';
import { logTo } from '@/lib/log/log';
import { ANSWERS } from '@/lib/postbacks/outcome';
import { type Receiver, takePostback } from './http-adapter';

const KEY = 'aB3_-aB3_-aB3_-aB3_-';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const echo: Receiver = async ({ method, headers, read }) => {
  const bytes = await read();
  const text = bytes === 'too_large' ? bytes : Buffer.from(bytes).toString();
  return { status: 200, body: { method, sign: headers.get('x-sign') ?? '', text } };
};

it('hands method, headers and bytes on, and the answer back', async () => {
  const answer = await fetch(await open(echo), { method: 'POST', body: 'é', headers: { 'x-sign': 'abc' } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ method: 'POST', sign: 'abc', text: 'é' });
});

it('answers a HEAD without a body', async () => {
  const answer = await fetch(await open(echo), { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

it('hands on a TRACE, which no web Request can be', async () => {
  const answer = await speak(
    await open(async ({ method }) => ({ ...ANSWERS.wrong_method, body: { method } })),
    `TRACE /api/postbacks/${KEY} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 405 .*\r\nallow: POST\r\n.*TRACE/s);
});

it('says send it again when the receiver fails', async () => {
  const said: string[] = [];
  const speakAgain = logTo((line) => said.push(line));
  const answer = await fetch(await open(() => Promise.reject(new Error('as a test wants it'))), { method: 'POST' });
  speakAgain();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect(said.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', error: { message: 'as a test wants it' } },
  ]);
});

it('leaves other paths to Next', async () => {
  const url = await open(echo);
  expect((await fetch(new URL('/invoices', url))).status).toBe(418);
});

it('answers before the body has come, closes, and keeps nothing of what still comes', async () => {
  const read = vi.fn();
  const refuseLarge: Receiver = async (delivery) => {
    read(await delivery.read());
    return ANSWERS.too_large;
  };
  const head = `POST /api/postbacks/${KEY} HTTP/1.1\r\nhost: a\r\ncontent-length: 50000000\r\n\r\n`;
  const answer = await speak(await open(refuseLarge), head, 50_000_000);
  expect(answer).toMatch(/^HTTP\/1.1 413 .*connection: close/s);
  expect(read).toHaveBeenCalledExactlyOnceWith('too_large');
});

it('survives a sender that hangs up halfway', async () => {
  const failures: unknown[] = [];
  const url = await open(async ({ read }) => {
    const bytes = await read().catch((error: unknown) => {
      failures.push(error);
      throw error;
    });
    return { status: 200, body: { size: String(bytes.length) } };
  });
  const socket = connect(Number(url.port), '127.0.0.1');
  const head = `POST /api/postbacks/${KEY} HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf`;
  socket.write(head, () => socket.destroy());
  await vi.waitUntil(() => failures[0] instanceof SenderGone);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
});

async function open(receiver: Receiver): Promise<URL> {
  const server = createServer((incoming, outgoing) => {
    if (!takePostback(incoming, outgoing, receiver)) outgoing.writeHead(418).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new URL(`http://127.0.0.1:${port}/api/postbacks/${KEY}`);
}

/** Sends `head` and then `size` bytes; what came back until the connection closed. */
function speak(url: URL, head: string, size = 0): Promise<string> {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), '127.0.0.1');
    let answer = '';
    let left = size;
    const send = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on('data', (data) => {
      answer += data;
    });
    socket
      .on('drain', send)
      .on('error', () => {})
      .on('close', () => resolve(answer));
    socket.write(head, send);
  });
}
