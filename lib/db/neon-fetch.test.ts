import { createServer, type Server } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { DatabaseUnavailable, openDatabase } from './client';
import { fetchAwake } from './neon-fetch';
import { createTestPostgres } from './testing';

const real = globalThis.fetch;
afterEach(() => {
  vi.unstubAllGlobals();
});

/** What Node's own fetch throws when nobody listens: asked of one that nobody answers. */
async function refusal(): Promise<unknown> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = addressOf(server);
  await new Promise((resolve) => server.close(resolve));
  return real(address).catch((error: unknown) => error);
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function failing(...errors: readonly unknown[]): () => number {
  let asked = 0;
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    const error = errors[asked];
    asked += 1;
    if (error) throw error;
    return real(address, init);
  });
  return () => asked;
}

it('asks again where no connection was made, and the statement runs once', async () => {
  const postgres = await createTestPostgres();
  const database = await openDatabase(postgres.neon);
  const refused = await refusal();
  const asked = failing(refused, refused);
  const insert = { name: null, text: `insert into audit_log (action) values ('once') returning action` };
  expect(await database.run(insert, [])).toEqual([{ action: 'once' }]);
  expect(asked()).toBe(3);
  expect(await database.run({ name: null, text: 'select action from audit_log' }, [])).toHaveLength(1);
  await database.close();
  await postgres.drop();
});

it('gives up after the third, as unavailable', async () => {
  const refused = await refusal();
  const asked = failing(refused, refused, refused);
  const database = await openDatabase({ url: 'postgres://a@ep-a.test.neon.tech/a' });
  await expect(database.run({ name: null, text: 'select 1' }, [])).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(asked()).toBe(3);
});

it('never sends again what may have arrived', async () => {
  const cut = createServer((request) => request.socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => cut.once('listening', resolve));
  const asked = failing();
  await expect(fetchAwake(addressOf(cut), { method: 'POST', body: 'x' })).rejects.toThrow('fetch failed');
  expect(asked()).toBe(1);
  cut.close();
});

it('waits no longer than the request may take', async () => {
  const refused = await refusal();
  failing(refused, refused);
  const stopped = AbortSignal.abort();
  await expect(fetchAwake('http://127.0.0.1:1', { signal: stopped })).rejects.toThrow(/abort/i);
});
