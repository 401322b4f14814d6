import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeDatabase, type Database, openDatabase, setDatabase } from '@/lib/db/client';
import { BUDGET } from '@/lib/db/pools';
import type { Batches, Position } from '@/lib/db/scan';
import { createTestPostgres, type TestPostgres } from '@/lib/db/testing';
import { forgetProjects } from '@/lib/projects/find';
import { receive } from './receive';
import { deliver, invoicesOf, NOON, openShop, post, sample } from './shop.testing';
import * as statements from './statements';

let postgres: TestPostgres;
let database: Database;
let other: Database;
const held: Batches<Position>[] = [];

/** A transaction that goes on until it is let go. */
async function hold(where: Database, what: string): Promise<void> {
  const scan = where.scan<Position>(() => ({ text: `select ${what} as at, '' as id`, parameters: [] }));
  await scan.next();
  held.push(scan);
}

beforeAll(async () => {
  postgres = await createTestPostgres();
  other = await openDatabase({ url: postgres.url });
  database = await openDatabase({ url: postgres.url, limits: { connections: 1, connectMs: 3_000 } });
  setDatabase(database);
});
afterAll(async () => {
  for (const scan of held) await scan.return();
  await closeDatabase();
  await other.close();
  await postgres.drop();
});

it('postbacks of every kind are answered while every other connection is taken', async () => {
  const shop = await openShop();
  await hold(other, 'pg_advisory_xact_lock(1)::text');
  const screen = database.run({ name: null, text: 'select pg_advisory_xact_lock(1)' }, []);
  for (let taken = 0; taken < BUDGET.scans; taken += 1) await hold(database, 'now()::text');
  forgetProjects();

  const fields = sample(shop, 'paid');
  expect((await post(shop, fields)).status).toBe(200);
  expect((await post(shop, fields)).status).toBe(200);
  expect((await post(shop, fields, { key: 'another key of thirty-six characters' })).status).toBe(401);
  const json = { headers: { 'content-type': 'application/json' } };
  expect((await deliver(shop, { ...json, body: '{' })).status).toBe(400);
  const { amount_crypto: _, status: __, ...incomplete } = fields;
  expect((await post(shop, incomplete)).status).toBe(400);
  expect((await receive(new Request(`http://localhost${shop.path}`), { now: NOON })).status).toBe(405);

  await held.shift()?.return();
  await screen;
  expect(await invoicesOf(database, shop)).toMatchObject([{ version: 1 }]);
});

it('no statement of the receiver takes another’s connection', () => {
  const all = Object.entries(statements).filter(([, statement]) => typeof statement === 'object');
  expect(all.length).toBeGreaterThan(4);
  expect(all.filter(([, { budget }]) => budget !== 'postbacks')).toEqual([]);
});
