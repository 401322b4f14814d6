import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { yieldToPriorityWork } from '@/lib/priority';
import { prioritise } from './priority';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Begun {
  readonly sender: Socket;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** A postback of ten bytes, of which this much has been sent. */
async function begin(body: string): Promise<Begun> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sender = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sender.write(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n${body}`);
  const [incoming, outgoing] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  prioritise(incoming, outgoing);
  incoming.resume();
  return { sender, incoming, outgoing };
}

/** Whether what gives way goes on within two turns of the event loop; what waits has patience for many. */
async function isFree(): Promise<boolean> {
  let free = false;
  const gone = yieldToPriorityWork().then(() => {
    free = true;
  });
  await turn();
  await turn();
  const answer = free;
  await gone;
  return answer;
}

it('screens wait for a postback that has come, until it is answered', async () => {
  const { incoming, outgoing } = await begin('0123456789');
  await once(incoming, 'end');
  expect(await isFree()).toBe(false);
  outgoing.end();
  await once(outgoing, 'close');
  expect(await isFree()).toBe(true);
});

it('screens do not wait for one that is still being sent', async () => {
  const { sender, incoming } = await begin('01234');
  await once(incoming, 'data');
  expect(await isFree()).toBe(true);
  sender.destroy();
});

it('screens wait for none whose last byte comes after its answer', async () => {
  const { sender, incoming, outgoing } = await begin('01234');
  outgoing.end('too large');
  await once(outgoing, 'close');
  sender.write('56789');
  await once(incoming, 'end');
  expect(await isFree()).toBe(true);
});

it('screens wait for none whose sender hangs up before the answer', async () => {
  const { sender, incoming, outgoing } = await begin('0123456789');
  await once(incoming, 'end');
  sender.destroy();
  await once(outgoing, 'close');
  expect(await isFree()).toBe(true);
});
