import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, openDatabase, setDatabase } from '@/lib/db/client';
import { createTestPostgres, type TestPostgres } from '@/lib/db/testing';
import { forgetProjects } from '@/lib/projects/find';
import { deliver, invoicesOf, NOON, openShop, type Shop, sample } from './shop.testing';

/** Neon puts a database to sleep that nobody asks; its first request is refused, or answered some seconds late. */

type FirstRequest = (request: IncomingMessage, pass: () => Promise<void>) => void;

let postgres: TestPostgres;
let awake: Database;
let shop: Shop;
let fields: ReturnType<typeof sample>;
let front: Server;

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  postgres = await createTestPostgres();
  awake = await openDatabase({ url: postgres.url });
  setDatabase(awake);
  shop = await openShop();
  fields = sample(shop, 'paid');
});
afterEach(async () => {
  await closeDatabase();
  await awake.close();
  front.close();
  front.closeAllConnections();
  await postgres.drop();
});

/** Puts the application to work through an endpoint that does as told with the first request. */
async function fallAsleep(first: FirstRequest): Promise<void> {
  let asleep = true;
  front = createServer((request, response) => {
    const pass = (): Promise<void> => handOn(request, response);
    if (!asleep) return void pass();
    asleep = false;
    first(request, pass);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  const neonEndpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/sql`;
  setDatabase(await openDatabase({ ...postgres.neon, neonEndpoint }));
  forgetProjects();
}

async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const connection = String(request.headers['neon-connection-string']);
  const headers = { 'neon-connection-string': connection, 'neon-raw-text-output': 'true', 'neon-array-mode': 'true' };
  const body = await buffer(request);
  const answer = await fetch(postgres.neon.neonEndpoint, { method: 'POST', headers, body });
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}

async function send(limitMs?: number): Promise<number> {
  const signed = await shop.provider.sign(fields, shop.key, { now: NOON });
  return (await deliver(shop, signed, { now: NOON, limitMs })).status;
}

it('answers 503 to the postback whose connection was refused, and 200 to the next try', async () => {
  await fallAsleep((request) => request.socket.destroy());
  expect(await send()).toBe(503);
  expect(await send()).toBe(200);
  expect(await invoicesOf(awake, shop)).toMatchObject([{ version: 1 }]);
});

it('answers 200 to a postback that waited for the database to wake up', async () => {
  let wake = (): void => {};
  let asked = (): void => {};
  const askedOnce = new Promise<void>((resolve) => {
    asked = resolve;
  });
  await fallAsleep((_, pass) => {
    wake = () => void pass();
    asked();
  });
  const sent = send();
  await askedOnce;
  wake();
  expect(await sent).toBe(200);
  expect(await invoicesOf(awake, shop)).toMatchObject([{ version: 1 }]);
});

it('answers 503 where it wakes up too late', async () => {
  let wake = (): void => {};
  await fallAsleep((_, pass) => {
    wake = () => void pass();
  });
  expect(await send(20)).toBe(503);
  wake();
  expect(await send()).toBe(200);
  expect(await invoicesOf(awake, shop)).toMatchObject([{ version: 1 }]);
});
