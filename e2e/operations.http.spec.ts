import { Agent, request as open } from 'node:http';
import { expect, test } from '@playwright/test';
// biome-ignore lint/style/noRestrictedImports: a collector to stand beside the product, as the tests of its spans have it.
import { type Collector, startCollector } from '@/lib/tracing/collector.testing';
import { type Deployment, embedded, type Shop, seed } from './deployment';
import { type Outgoing, send } from './http';
import { readKept } from './ledger';
import { freePort, type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

const SENDERS = 8;
const ENOUGH = 60;
const TOKEN = 'the token of a collector';

let deployment: Deployment;
let shop: Shop;
let collector: Collector;

test.beforeEach(async () => {
  test.setTimeout(240_000);
  deployment = await embedded();
  collector = await startCollector();
  const [made] = await seed(deployment.settings, [{ provider: 'cryptocloud' }]);
  if (!made) throw new Error('The project was not made');
  shop = made;
});

test.afterEach(async () => {
  collector.close();
  await deployment.remove();
});

function watched(): Record<string, string> {
  return {
    ...deployment.settings,
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: TOKEN,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  };
}

async function postback(id: string): Promise<Outgoing> {
  const { invoice_info: _, ...fields } = sampleOf(shop, 'paid');
  return signed(shop, { ...fields, order_id: id, invoice_id: id, amount_crypto: '24.61' });
}

interface Sent {
  /** Null: refused or cut off without an answer. */
  readonly status: number | null;
  readonly goodbye: boolean;
}

/** Over connections that are kept, as a busy provider does. */
function post(agent: Agent, port: number, { path, headers, body = '' }: Outgoing): Promise<Sent> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve({ status: null, goodbye: false });
    const length = { 'content-length': String(Buffer.from(body).length) };
    const options = { agent, host: '127.0.0.1', port, method: 'POST', path, headers: { ...headers, ...length } };
    const asked = open(options, (response) => {
      response.resume().once('error', nothing);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, goodbye: response.headers.connection === 'close' }),
      );
    });
    asked.once('error', nothing);
    asked.end(body);
  });
}

interface Load {
  readonly answered: string[];
  readonly lost: { readonly id: string; readonly before: boolean }[];
  goodbyes: number;
}

/** Posts without a pause until the server is gone; SIGTERM comes in the middle of it. */
async function stopUnderLoad(server: Server): Promise<Load & { readonly code: number | null }> {
  const load: Load = { answered: [], lost: [], goodbyes: 0 };
  let stopped: Promise<number | null> | undefined;
  let count = 0;
  const sender = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let gone = false; !gone; ) {
      const id = `LOAD${String(count++).padStart(5, '0')}`;
      const outgoing = await postback(id);
      const before = stopped === undefined;
      const { status, goodbye } = await post(agent, server.port, outgoing);
      if (status === 200) load.answered.push(id);
      else load.lost.push({ id, before });
      if (goodbye) load.goodbyes += 1;
      gone = status !== 200;
      if (load.answered.length >= ENOUGH) stopped ??= server.stop();
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return { ...load, code: (await stopped) ?? null };
}

test('a server that I stop under load answers all it was sent, tells of each, and loses nothing', async () => {
  const port = await freePort();
  const server = await startServer(watched(), 'server', port);
  const { answered, lost, goodbyes, code } = await stopUnderLoad(server);
  expect(code).toBe(0);
  expect(lost.filter(({ before }) => before)).toEqual([]);
  expect(goodbyes).toBeGreaterThan(0);

  // Every answer is in the log and at the collector, to the last one before the end.
  const lines = server.said.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const told = lines.filter(({ outcome }) => outcome === 'accepted');
  expect(told).toHaveLength(answered.length);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  const spans = collector.spans();
  const ids = (of: readonly unknown[]): unknown[] => [...of].sort();
  expect(ids(spans.map(({ attributes }) => attributes['tillbell.request.id']))).toEqual(
    ids(told.map(({ requestId }) => requestId)),
  );
  for (const { attributes } of spans) expect(attributes['tillbell.project.id']).toBe(shop.id);
  const all = [...server.said, ...collector.bodies].join('\n');
  for (const text of ['LOAD0', shop.key, shop.path.slice(-32), 'token":']) expect(all).not.toContain(text);

  // What was refused at the door comes again, and is one invoice.
  const again = await startServer(deployment.settings, 'server', port);
  for (const { id } of lost) expect((await send(port, await postback(id))).status).toBe(200);
  expect(await again.stop()).toBe(0);
  const { postbacks, invoices } = await readKept(deployment.settings);
  expect(invoices.map((invoice) => invoice.provider_invoice_id).sort()).toEqual(
    [...answered, ...lost.map(({ id }) => id)].sort(),
  );
  // The log names each by the id of its row.
  const rows = new Set(postbacks.map(({ id }) => id));
  expect(told.filter(({ requestId }) => !rows.has(requestId))).toEqual([]);
});

test('a second signal does not wait', async () => {
  const server = await startServer(deployment.settings);
  // Half a body holds the stop up.
  const half = open({
    host: '127.0.0.1',
    port: server.port,
    method: 'POST',
    path: shop.path,
    headers: { 'content-length': '100' },
  });
  half.on('error', () => {});
  half.write('{"half":');
  await expect
    .poll(() => send(server.port, { method: 'GET', path: '/api/health' }).then(({ status }) => status))
    .toBe(200);
  const first = server.stop();
  await expect
    .poll(() =>
      send(server.port, { method: 'GET', path: '/api/health' }).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  process.kill(server.pid, 'SIGTERM');
  expect(await first).toBe(1);
  half.destroy();
});

test('Prometheus reads through Next what the door in front of it counted', async () => {
  const server = await startServer(watched());
  for (const id of ['ONE', 'TWO', 'TWO']) expect((await send(server.port, await postback(id))).status).toBe(200);
  const ask = (headers: Record<string, string>): ReturnType<typeof send> =>
    send(server.port, { method: 'GET', path: '/api/metrics', headers });
  expect((await ask({})).status).toBe(401);
  const { status, text } = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(status).toBe(200);
  expect(text).toContain('tillbell_postbacks_total{provider="cryptocloud",outcome="accepted"} 2');
  expect(text).toContain('tillbell_postbacks_total{provider="cryptocloud",outcome="duplicate"} 1');
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  await server.stop();

  const plain = await startServer(deployment.settings);
  expect(
    (await send(plain.port, { method: 'GET', path: '/api/metrics', headers: { authorization: `Bearer ${TOKEN}` } }))
      .status,
  ).toBe(404);
  await plain.stop();
});

test('Next alone, as on Vercel, sends a span of each postback too', async () => {
  const server = await startServer(watched(), 'next');
  expect((await send(server.port, await postback('ALONE'))).status).toBe(200);
  await expect
    .poll(() => collector.spans().map(({ attributes }) => attributes['tillbell.outcome']))
    .toEqual(['accepted']);
  await server.kill();
});
