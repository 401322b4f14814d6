import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { rereadEnv } from '@/lib/env';
import { forgetMetrics } from '@/lib/metrics/receiver';
import { receive } from '@/lib/postbacks/receive';
import { deliver, openShop, post, sample } from '@/lib/postbacks/shop.testing';
import { GET } from './route';

const TOKEN = 'the token of a collector';

beforeAll(async () => setDatabase(await openTestDatabase('pg')));
afterAll(async () => {
  use('');
  vi.unstubAllEnvs();
  rereadEnv();
  await closeDatabase();
});

function use(token: string): void {
  vi.stubEnv('METRICS_TOKEN', token);
  rereadEnv();
  forgetMetrics();
}

const ask = (authorization = `Bearer ${TOKEN}`): Promise<Response> =>
  GET(new Request('http://localhost/api/metrics', { headers: { authorization } }));

async function figures(): Promise<ReadonlyMap<string, number>> {
  const text = await (await ask()).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ [^ ]*$/, ''), Number(line.split(' ').at(-1))]));
}

// Each test goes on where the one before it ended.
describe('the metrics', { shuffle: false }, () => {
  it('is nothing without a token, and closed to who has another', async () => {
    expect((await ask()).status).toBe(404);
    use(TOKEN);
    for (const header of ['', TOKEN, `Bearer ${TOKEN}x`, 'Bearer the token of a collectoR', `bearer ${TOKEN}`]) {
      const answer = await ask(header);
      expect([answer.status, await answer.text()]).toEqual([401, '{"error":"Not authorised"}']);
    }
    const answer = await ask();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  });

  it('tells what came, what was refused and why, how long it took, and the process', async () => {
    use(TOKEN);
    const crypto = await openShop();
    const nova = await openShop('novapay');
    const paid = sample(crypto, 'paid');
    await post(crypto, paid);
    await post(crypto, paid);
    await post(crypto, paid, { key: 'k'.repeat(36) });
    await post(nova, sample(nova, 'card'));
    await deliver(nova, { body: 'no', headers: {} });
    await receive(new Request('http://localhost/api/postbacks/nobody-knows-this-key', { method: 'POST', body: '{}' }));

    const told = await figures();
    const expected = {
      'tillbell_postbacks_total{provider="cryptocloud",outcome="accepted"}': 1,
      'tillbell_postbacks_total{provider="cryptocloud",outcome="duplicate"}': 1,
      'tillbell_postbacks_total{provider="cryptocloud",outcome="refused"}': 1,
      'tillbell_postbacks_refused_total{provider="cryptocloud",outcome="refused",reason="token_wrong_key"}': 1,
      'tillbell_postbacks_total{provider="novapay",outcome="accepted"}': 1,
      'tillbell_postbacks_total{provider="novapay",outcome="unreadable"}': 1,
      'tillbell_postbacks_total{provider="none",outcome="unknown_key"}': 1,
      'tillbell_postback_duration_seconds_count{provider="cryptocloud"}': 3,
      'tillbell_postback_duration_seconds_bucket{le="+Inf",provider="novapay"}': 2,
      tillbell_postbacks_waiting: 0,
      tillbell_postback_writes: 0,
      tillbell_live_streams: 0,
      'tillbell_database_connections{state="waiting"}': 0,
    };
    for (const [name, value] of Object.entries(expected)) expect([name, told.get(name)]).toEqual([name, value]);
    expect(told.get('tillbell_database_connections{state="open"}')).toBeGreaterThan(0);
    expect(told.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    const all = [...told.keys()].join('\n');
    for (const secret of [crypto.id, nova.id, crypto.path.slice(15), String(paid.order_id)])
      expect(all).not.toContain(secret);
  });

  it('goes on telling the rest when the database is away', async () => {
    use(TOKEN);
    await closeDatabase();
    setDatabase({
      ...(await openTestDatabase('pg')),
      poolUse: () => {
        throw new Error('away');
      },
    });
    const told = await figures();
    expect(told.get('tillbell_live_streams')).toBe(0);
    expect(told.has('tillbell_database_connections{state="open"}')).toBe(false);
  });
});
