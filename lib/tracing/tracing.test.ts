import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { compiled } from '@/lib/db/testing-programs/run';
import { rereadEnv } from '@/lib/env';
import { logTo } from '@/lib/log/log';
import { receive } from '@/lib/postbacks/receive';
import { deliver, openShop, post, sample } from '@/lib/postbacks/shop.testing';
import { type Collector, startCollector } from './collector.testing';
import { flushTracing, isTracing, startTracing, stopTracing } from './tracing';

let collector: Collector;

beforeAll(async () => {
  setDatabase(await openTestDatabase('pg'));
  collector = await startCollector();
});
afterAll(async () => {
  await stopTracing();
  collector.close();
  vi.unstubAllEnvs();
  rereadEnv();
  await closeDatabase();
});

// Each test goes on where the one before it ended.
describe('tracing', { shuffle: false }, () => {
  it('makes no span and loads nothing where no collector is set', async () => {
    await startTracing();
    expect(isTracing()).toBe(false);
    await stopTracing();
    const program = await compiled(new URL('./testing-programs/what-is-loaded.ts', import.meta.url));
    const loaded = async (endpoint: string): Promise<string> => {
      const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
      const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
      return stdout;
    };
    expect(JSON.parse(await loaded(''))).toEqual([]);
    expect(JSON.parse(await loaded(collector.endpoint))).toContain('@opentelemetry/sdk-trace');
  });

  it('a span of each postback reaches the collector, with outcome, provider and project and nothing of anybody', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint);
    vi.stubEnv('OTEL_SERVICE_NAME', 'the desk of a shop');
    rereadEnv();
    await Promise.all([startTracing(), startTracing()]);
    const shop = await openShop();
    const fields = { ...sample(shop, 'paid'), order_id: 'ORDER-OF-THE-SPAN', email: 'span@shop.example' };
    const began = Date.now();
    expect((await post(shop, fields)).status).toBe(200);
    await flushTracing();

    expect(collector.services()).toEqual(['the desk of a shop']);
    const [span, ...others] = collector.spans();
    expect(others).toEqual([]);
    const uuid = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(span).toMatchObject({ name: 'postback', kind: 2, status: { code: 0 } });
    expect(span?.attributes).toEqual({
      'tillbell.outcome': 'accepted',
      'tillbell.provider': 'cryptocloud',
      'tillbell.project.id': shop.id,
      'tillbell.request.id': uuid,
      'http.response.status_code': 200,
    });
    const [start, end] = [span?.startTimeUnixNano, span?.endTimeUnixNano].map((text) => Number(text) / 1e6);
    expect(start).toBeGreaterThan(began - 60_000);
    expect(end).toBeGreaterThan(start ?? 0);

    await post(shop, fields, { key: 'k'.repeat(36) });
    await deliver(shop, { body: 'call +380671112233', headers: {} });
    await receive(
      new Request('http://localhost/api/postbacks/nobody-knows-this-key?q=Olena', { method: 'POST', body: '{}' }),
    );
    await flushTracing();
    expect(collector.spans().map(({ attributes }) => attributes['tillbell.outcome'])).toEqual([
      ...['accepted', 'refused', 'unreadable', 'unknown_key'],
    ]);
    const all = collector.bodies.join('\n');
    for (const text of [
      'ORDER-OF-THE-SPAN',
      'span@shop',
      shop.key,
      shop.path.slice(15),
      '380671112233',
      'nobody-knows',
      'Olena',
    ])
      expect(all).not.toContain(text);
  });

  it('holds nobody up when the collector is away, and says so once', async () => {
    const shop = await openShop();
    const said: string[] = [];
    const back = logTo((line) => said.push(line));
    collector.close();
    for (let nth = 0; nth < 3; nth += 1) {
      expect((await post(shop, { ...sample(shop, 'paid'), invoice_id: `AWAY${nth}` })).status).toBe(200);
      await flushTracing();
    }
    await stopTracing();
    back();
    expect(isTracing()).toBe(false);
    expect(said.filter((line) => line.includes('do not reach the collector')).length).toBeLessThan(2);
  });
});
