import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { rereadEnv } from '@/lib/env';
import { openShop, post, query, sample } from '@/lib/postbacks/shop.testing';
import { GET } from './route';

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase('pg');
  setDatabase(database);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rereadEnv();
  await closeDatabase();
});

async function bodies(): Promise<number> {
  const [row] = await query<{ count: number }>(database, 'select count(body)::int as count from postbacks');
  return row?.count ?? 0;
}

const LONG_AGO = new Date('2020-01-27T12:30:00.000Z');

it('a scheduled call does the same, for who knows its secret', async () => {
  const shop = await openShop();
  await post(shop, sample(shop, 'paid'), { now: LONG_AGO });
  const call = (authorization: string): Promise<Response> =>
    GET(new Request('http://localhost/api/cron/retention', { headers: { authorization } }));
  expect((await call('Bearer undefined')).status).toBe(401);
  vi.stubEnv('CRON_SECRET', 'a secret of the schedule');
  rereadEnv();
  expect((await call('Bearer another secret entirely')).status).toBe(401);
  expect((await call('')).status).toBe(401);
  expect(await bodies()).toBe(1);
  const answer = await call('Bearer a secret of the schedule');
  expect([answer.status, await answer.json()]).toEqual([200, { deleted: 1, kept: 0 }]);
  expect(await bodies()).toBe(0);
});
