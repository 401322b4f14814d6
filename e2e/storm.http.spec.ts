import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { type PostgresDeployment, postgres, type Shop, seed } from './deployment';
import { type Answered, type Outgoing, send } from './http';
import { keptOf, readKept } from './ledger';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

let deployment: PostgresDeployment;
let servers: readonly [Server, Server];
let shops: readonly [Shop, Shop];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  deployment = await postgres();
  const [first, second] = await seed(deployment.settings, [{ provider: 'cryptocloud' }, { provider: 'cryptocloud' }]);
  if (!first || !second) throw new Error('A project was not made');
  shops = [first, second];
  servers = [await startServer(deployment.settings, 'bare'), await startServer(deployment.settings, 'bare')];
});

test.afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await deployment.remove();
});

/** Sends them all, so many at a time, to one server and the other in turn. */
async function sendAll(requests: readonly Outgoing[], atOnce: number): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let at = next++; at < requests.length; at = next++) {
      const request = requests[at];
      if (request) answers.push(await send(servers[at % 2 ? 1 : 0].port, request));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return answers;
}

test('a thousand copies at once, over two server processes, are one payment', async () => {
  const [shop] = shops;
  const fields = sampleOf(shop, 'paid');
  const tokens = await Promise.all(Array.from({ length: 100 }, (_, index) => signed(shop, fields, { at: -index })));
  const answers = await sendAll(
    Array.from({ length: 1_000 }, (_, index) => tokens[index % 100] ?? { path: '' }),
    32,
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const kept = keptOf(await readKept(deployment.settings), shop.id);
  const [first, ...copies] = kept.postbacks.filter(({ outcome }) => outcome !== 'duplicate');
  expect(first).toMatchObject({ outcome: 'accepted', duplicates: 999 });
  expect(copies).toEqual([]);
  expect(kept.postbacks).toHaveLength(1 + 100);
  expect(kept.invoices).toMatchObject([{ amount: '24.61', transactions: ['payment 24.61 USDT_TRC20'] }]);
});

test('bodies of 10 MB are refused everywhere, however many come, and memory stays flat', async () => {
  test.skip(process.platform !== 'linux', 'Memory is read from /proc.');
  const body = Buffer.alloc(10 * 1024 * 1024, 'x');
  const paths = [shops[1].path, '/api/auth/callback/credentials', '/sign-in', '/invoices', '/api/nothing'];
  const huge = (count: number): Outgoing[] =>
    Array.from({ length: count }, (_, index) => ({
      path: paths[index % paths.length] ?? '/',
      body,
      chunked: index % 2 === 0,
    }));
  await sendAll(huge(16), 8);
  const before = servers.map(residentMegabytes);
  const answers = await sendAll(huge(200), 8);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]));
  servers.forEach((server, index) => {
    // 200 bodies are 2,000 MB; what is read of each before the answer is a fraction of one.
    expect(residentMegabytes(server) - (before[index] ?? 0)).toBeLessThan(200);
  });
});

test('a database that takes no writes, restarts or is gone is answered with 503 and loses nothing', async () => {
  const [, shop] = shops;
  const post = async (name = 'paid'): Promise<Answered> =>
    send(servers[0].port, await signed(shop, sampleOf(shop, name)));
  const status = async (): Promise<number> => (await post()).status;
  expect(await status()).toBe(200);

  await setReadOnly(true);
  await expect.poll(status).toBe(503);
  expect((await post()).headers['retry-after']).toMatch(/^\d+$/);
  await setReadOnly(false);
  await expect.poll(status).toBe(200);

  await deployment.server.restart();
  await expect.poll(status).toBe(200);

  const kept = keptOf(await readKept(deployment.settings), shop.id);
  expect(kept.postbacks.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(kept.invoices.length);
  await deployment.server.stop();
  const gone = await post();
  expect(gone.status).toBe(503);
  expect(JSON.parse(gone.text)).toEqual({ error: 'Not stored, send it again' });
  expect(gone.headers['retry-after']).toMatch(/^\d+$/);
  expect((await send(servers[0].port, { method: 'GET', path: '/api/health' })).status).toBe(503);
});

function residentMegabytes({ pid }: Server): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(line) / 1024;
}

async function setReadOnly(readOnly: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: deployment.url });
  await client.connect();
  await client.query(`alter system set default_transaction_read_only = ${readOnly ? 'on' : 'off'}`);
  await client.query('select pg_reload_conf()');
  await client.end();
}
