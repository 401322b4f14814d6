import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { Answers } from './drain';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Held {
  readonly server: Server;
  readonly answers: Answers;
  readonly port: number;
  /** Answers everything that waits, and what comes from now on. */
  letGo(): void;
  waiting(): number;
}

async function hold(type = 'text/plain'): Promise<Held> {
  const answers = new Answers();
  const waiting: (() => void)[] = [];
  let held = true;
  const server = createServer((incoming, outgoing) => {
    answers.add(outgoing);
    const answer = async (): Promise<void> => {
      outgoing.end(await text(incoming));
    };
    if (type !== 'text/plain') outgoing.setHeader('content-type', type).write('data\n\n');
    if (held) waiting.push(() => void answer());
    else void answer();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    answers,
    port: (server.address() as AddressInfo).port,
    waiting: () => waiting.length,
    letGo: () => {
      held = false;
      for (const answer of waiting.splice(0)) answer();
    },
  };
}

/** What comes back over a connection of its own until that is closed. */
function speak(port: number, ...parts: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  for (const part of parts) socket.write(part);
  return text(socket);
}

const POST = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n';

it('answers what it had, whole or half, closes each connection, and takes no more', async () => {
  const { server, answers, port, letGo, waiting } = await hold();
  const whole = speak(port, POST, 'whole');
  const half = connect(port, '127.0.0.1');
  half.write(`${POST}ha`);
  const halfAnswer = text(half);
  await expect.poll(waiting).toBe(2);
  const drained = answers.drain(server);
  // Sent at the moment of the signal: it counts as before it.
  const late = speak(port, POST, 'later');
  await expect.poll(waiting).toBe(3);
  half.write('lf!');
  letGo();
  await drained;
  for (const [answer, body] of [
    [await whole, 'whole'],
    [await halfAnswer, 'half!'],
    [await late, 'later'],
  ] as const) {
    expect(answer).toMatch(
      new RegExp(`^HTTP/1.1 200 OK\r\n(.*\r\n)*connection: close\r\n(.*\r\n)*\r\n(.*\r\n)?${body}`, 'i'),
    );
  }
  await expect(speak(port, POST, 'after')).rejects.toThrow('ECONNREFUSED');
});

it('answers another request over a connection that is kept, and says goodbye with it', async () => {
  const { server, answers, port, letGo } = await hold();
  letGo();
  const socket = connect(port, '127.0.0.1');
  socket.write(`${POST}first`);
  await new Promise((resolve) => socket.once('data', resolve));
  const drained = answers.drain(server);
  socket.write(`${POST}again`);
  expect(await text(socket)).toMatch(/connection: close[\s\S]*again/i);
  await drained;
});

it('ends live streams, which never end by themselves', async () => {
  const { server, answers, port } = await hold('text/event-stream; charset=utf-8');
  const ended = new Promise<unknown>((resolve) => {
    request({ port, host: '127.0.0.1', path: '/' }, (response) => response.resume().once('error', resolve)).end();
  });
  await expect
    .poll(() => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))))
    .toBe(1);
  // Without an end in sight: the stream is ended for what it is, not because the time is up.
  await answers.drain(server, Number.POSITIVE_INFINITY);
  expect(await ended).toMatchObject({ message: 'aborted' });
});

it('knows which answers are still owed, whatever the order in which the others were given', async () => {
  const answers = new Answers();
  const open: ServerResponse[] = [];
  const server = createServer((_, outgoing) => {
    answers.add(outgoing);
    open.push(outgoing);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const asked: Promise<string>[] = [];
  while (asked.length < 4) {
    const coming = once(server, 'request');
    asked.push(speak(port, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'));
    await coming;
  }
  for (const nth of [0, 3, 1]) {
    const closed = once(open[nth] as ServerResponse, 'close');
    open[nth]?.end('given');
    await closed;
  }
  const drained = answers.drain(server);
  open[2]?.end('owed');
  expect(await asked[2]).toMatch(/\r\nconnection: close\r\n.*owed/is);
  await drained;
});
