import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { closeWithConnection } from './queued';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Pipelined {
  readonly sender: Socket;
  readonly answers: readonly ServerResponse[];
  /** Which have said that they are closed. */
  readonly closed: number[];
}

/** Two requests sent at once over one connection, none of which is answered yet. */
async function pipeline(): Promise<Pipelined> {
  const closed: number[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer();
  servers.push(server);
  const both = new Promise<void>((resolve) => {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const nth = answers.push(outgoing);
      closeWithConnection(incoming, outgoing);
      outgoing.once('close', () => closed.push(nth));
      if (nth === 2) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sender = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sender.write('GET /first HTTP/1.1\r\nhost: a\r\n\r\nGET /second HTTP/1.1\r\nhost: a\r\n\r\n');
  await both;
  return { sender, answers, closed };
}

it('an answer behind another one is closed when the sender hangs up', async () => {
  const { sender, answers, closed } = await pipeline();
  const last = once(answers[1] as ServerResponse, 'close');
  sender.destroy();
  await last;
  expect(closed.sort()).toEqual([1, 2]);
  expect(answers[1]?.destroyed).toBe(true);
});

it('an answer behind one that ends the connection is closed with it', async () => {
  const { answers, closed } = await pipeline();
  const last = once(answers[1] as ServerResponse, 'close');
  answers[0]?.setHeader('connection', 'close').end('first');
  await last;
  expect(closed.sort()).toEqual([1, 2]);
});

it('an answer whose turn comes is given, and closed once', async () => {
  const { sender, answers, closed } = await pipeline();
  const said = text(sender);
  answers[0]?.end('first');
  answers[1]?.setHeader('connection', 'close').end('second');
  expect(await said).toMatch(/first.*second/s);
  expect(closed).toEqual([1, 2]);
});
