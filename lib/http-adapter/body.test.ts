import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { BodyBudget, limitBody } from './body';

const KB = 1024;
const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Front {
  readonly port: number;
  /** The requests that went on to Next. */
  readonly passed: IncomingMessage[];
}

/** A server that echoes the body which Next would read. */
async function open(budget = new BodyBudget(1024 * KB)): Promise<Front> {
  const passed: IncomingMessage[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await limitBody(incoming, outgoing, budget);
    if (request === null) return;
    passed.push(request);
    outgoing.end(`${request.method} ${request.url} ${request.headers['x-a']} ${await text(request)}`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, passed };
}

function begin({ port }: Front, head: readonly string[], body: Buffer | string = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  socket.write(`${head.join('\r\n')}\r\nhost: a\r\nconnection: close\r\n\r\n`);
  socket.write(body);
  return socket;
}

async function answerTo(front: Front, head: readonly string[], body: Buffer | string = ''): Promise<string> {
  return text(begin(front, head, body));
}

/** What comes before the sender has sent anything but the head. */
async function earlyAnswerTo(front: Front, head: readonly string[]): Promise<string> {
  const socket = begin(front, head);
  let answer = '';
  for await (const chunk of socket) {
    answer += chunk;
    if (answer.endsWith('\r\n\r\n')) continue;
    break;
  }
  return answer;
}

function chunked(bytes: number): Buffer {
  const piece = Buffer.concat([Buffer.from('2000\r\n'), Buffer.alloc(8 * KB, 'a'), Buffer.from('\r\n')]);
  const pieces = Array.from({ length: Math.ceil(bytes / (8 * KB)) }, () => piece);
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

describe('what Next may read', () => {
  it('is the request with its very body, with a length or in chunks', async () => {
    const front = await open();
    const whole = await answerTo(front, ['POST /invoices?a=1 HTTP/1.1', 'x-a: b', 'content-length: 2'], 'hi');
    expect(whole).toMatch(/POST \/invoices\?a=1 b hi/);
    const pieces = await answerTo(front, ['POST / HTTP/1.1', 'x-a: b', 'transfer-encoding: chunked'], chunked(16 * KB));
    expect(pieces).toContain(`POST / b ${'a'.repeat(16 * KB)}`);
  });

  it.each([
    ['POST /sign-in', 17 * KB, '16 KB'],
    ['POST /api/auth/callback/credentials', 400 * KB * KB, '16 KB'],
    ['POST //api/%61uth/x', 17 * KB, '16 KB'],
    ['PUT /invoices', 1025 * KB, '1 MB'],
    ['GET /api/search?q=a', 1025 * KB, '1 MB'],
    ['DELETE /nowhere', 1025 * KB, '1 MB'],
  ])('is not %s with %i bytes', async (line, bytes, limit) => {
    const front = await open();
    const declared = await earlyAnswerTo(front, [`${line} HTTP/1.1`, `content-length: ${bytes}`]);
    expect(declared).toMatch(/^HTTP\/1.1 413 .*connection: close/is);
    expect(declared).toContain(`{"error":"The body is larger than ${limit}"}`);
    const body = chunked(Math.min(bytes, 1100 * KB));
    const pieces = await answerTo(front, [`${line} HTTP/1.1`, 'transfer-encoding: chunked'], body);
    expect(pieces).toMatch(/^HTTP\/1.1 413 /);
    expect(front.passed).toHaveLength(0);
  });

  it('is nothing of a request whose sender hangs up halfway', async () => {
    const front = await open();
    const [server] = servers;
    const socket = begin(front, ['POST / HTTP/1.1', 'content-length: 10'], 'half');
    const incoming = await new Promise<IncomingMessage>((resolve) => server?.once('request', resolve));
    const gone = new Promise((resolve) => incoming.once('close', resolve));
    socket.destroy();
    await gone;
    expect(front.passed).toHaveLength(0);
  });
});

describe('the memory for bodies', () => {
  const SLOW = ['POST / HTTP/1.1', `content-length: ${1024 * KB}`];

  /** Senders of which all but the last byte has been read. */
  async function hold(front: Front, senders: number): Promise<readonly Socket[]> {
    const [server] = servers;
    const begun: Socket[] = [];
    for (let sender = 0; sender < senders; sender += 1) {
      const held = new Promise<void>((resolve) => {
        server?.once('request', (incoming: IncomingMessage) => {
          let size = 0;
          incoming.on('data', (chunk: Buffer) => {
            size += chunk.byteLength;
            if (size === 1024 * KB - 1) resolve();
          });
        });
      });
      begun.push(begin(front, SLOW, Buffer.alloc(1024 * KB - 1)));
      await held;
    }
    return begun;
  }

  it('has an end, which leaves room for every form, and is free again with the answers', async () => {
    const front = await open(new BodyBudget(2 * 1024 * KB));
    const slow = await hold(front, 2);
    const refused = await answerTo(front, SLOW, Buffer.alloc(1024 * KB));
    expect(refused).toMatch(/^HTTP\/1.1 503 .*retry-after: 5/is);
    const form = await answerTo(front, ['POST / HTTP/1.1', `content-length: ${16 * KB}`], Buffer.alloc(16 * KB));
    expect(form).toMatch(/^HTTP\/1.1 200 /);
    for (const socket of slow) socket.destroy();
    const later = await answerTo(front, SLOW, Buffer.alloc(1024 * KB));
    expect(later).toMatch(/^HTTP\/1.1 200 /);
  });
});
