import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { openShop, post, query, sample } from '@/lib/postbacks/shop.testing';
import { keepRetention } from './schedule';

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  setDatabase(database);
});
afterAll(closeDatabase);

async function bodies(): Promise<number> {
  const [row] = await query<{ count: number }>(database, 'select count(body)::int as count from postbacks');
  return row?.count ?? 0;
}

const LONG_AGO = new Date('2020-01-27T12:30:00.000Z');

it('what is to go goes by itself while the server runs, and again in the next hour', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stop = keepRetention();
  try {
    for (const wait of [60_000, 3_600_000]) {
      const shop = await openShop();
      await post(shop, sample(shop, 'paid'), { now: LONG_AGO });
      expect(await bodies()).toBe(1);
      await vi.advanceTimersByTimeAsync(wait);
      await vi.waitFor(async () => expect(await bodies()).toBe(0));
    }
    stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    stop();
    vi.useRealTimers();
  }
});
