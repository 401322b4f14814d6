import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { NOON, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import { accessOf } from '@/lib/staff/access.testing';
import type { Edges } from './parts';
import { readStarted } from './queries';
import { countCreated, countOutcomes, sumMoney } from './sums';

const DAY = 86_400_000;
const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const within = (...shops: readonly Shop[]) =>
  accessOf({ staffId: STAFF_ID, role: 'owner', projects: shops.map(({ id }) => id) });
/** The day before, the day itself, the day after. */
const EDGES: Edges = {
  begins: [new Date(NOON.getTime() - DAY), NOON, new Date(NOON.getTime() + DAY)],
  until: new Date(NOON.getTime() + 2 * DAY),
};

async function transaction(
  database: Parameters<typeof query>[0],
  shop: Shop,
  values: readonly string[],
): Promise<void> {
  await query(
    database,
    `insert into transactions (id, invoice_id, project_id, kind, amount, currency, amount_usd, tx_hashes, is_test, occurred_at, time_source)
     select gen_random_uuid(), id, project_id, $2, $3::numeric, $4, nullif($5, '')::numeric, '{}', $6::boolean, $7::timestamptz, 'receipt'
     from invoices where project_id = $1::uuid limit 1`,
    [shop.id, ...values],
  );
}

eachDatabase((database) => {
  describe('money a day', () => {
    it('is counted per unit, test and expected money apart, nothing dropped and nothing of other projects', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      await post(shop, sample(shop, 'created'), { now: NOON });
      await post(other, sample(other, 'created'), { now: NOON });
      const noon = NOON.toISOString();
      const late = new Date(NOON.getTime() + DAY).toISOString();
      const before = new Date(NOON.getTime() - 1).toISOString();
      await transaction(database(), shop, ['payment', '10.50', 'UAH', '', 'false', noon]);
      await transaction(database(), shop, ['refund', '-0.50', 'UAH', '', 'false', noon]);
      await transaction(database(), shop, ['payment', '3', 'USDT_TRC20', '2.99', 'false', noon]);
      await transaction(database(), shop, ['top_up', '0.000000000000000001', 'ETH', '', 'false', noon]);
      await transaction(database(), shop, ['expected', '700', 'UAH', '', 'false', noon]);
      await transaction(database(), shop, ['payment', '999', 'UAH', '', 'true', noon]);
      await transaction(database(), shop, ['payment', '1', 'UAH', '', 'false', before]);
      await transaction(database(), shop, ['payment', '2', 'UAH', '', 'false', late]);
      await transaction(database(), other, ['payment', '5000', 'UAH', '', 'false', noon]);
      const parts = await sumMoney(within(shop), EDGES);
      const lines = parts.map(({ part, money, unit, amount, count }) => [part, money, unit, amount, count].join(' '));
      expect([...lines].sort()).toEqual([
        '0 received UAH 1 1',
        '1 expected UAH 700 1',
        '1 received ETH 0.000000000000000001 1',
        '1 received UAH 10.00 1',
        '1 received USD 2.99 1',
        '1 test UAH 999 1',
        '2 received UAH 2 1',
      ]);
    });
  });

  describe('days that are over', () => {
    it('are told as those that are not, of one’s own projects only, and end where they are told to', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      await post(shop, sample(shop, 'created'), { now: NOON });
      await post(other, sample(other, 'created'), { now: NOON });
      const times = [-1, 0, 1, 2].map((days) => new Date(NOON.getTime() + days * DAY + 1).toISOString());
      for (const [index, time] of times.entries()) {
        await transaction(database(), shop, ['payment', `${index + 1}`, 'UAH', '', 'false', time]);
        await transaction(database(), other, ['payment', '500', 'UAH', '', 'false', time]);
      }
      const lines = async (edges: Edges, ...shops: readonly Shop[]): Promise<readonly string[]> => {
        const parts = await sumMoney(within(...shops), edges);
        return parts.map(({ part, amount, count }) => `${part} ${amount} ${count}`).sort();
      };
      const plain = await lines(EDGES, shop);
      expect(plain).toEqual(['0 1 1', '1 2 1', '2 3 1']);
      expect(await lines({ ...EDGES, over: 2 }, shop)).toEqual(plain);
      expect(await lines({ ...EDGES, over: 2 }, shop, other)).toEqual(['0 501 2', '1 502 2', '2 503 2']);
      expect(await lines({ begins: EDGES.begins.slice(0, 1), until: NOON }, shop)).toEqual(['0 1 1']);
    });
  });

  describe('counts', () => {
    it('follow the projects one was given, and test invoices are told apart', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      expect(await readStarted(within(shop))).toEqual({ real: false, test: false });
      await post(shop, sample(shop, 'paid'), { now: NOON, key: await testKeyOf(database(), shop) });
      expect(await readStarted(within(shop))).toEqual({ real: false, test: true });
      await post(shop, sample(shop, 'paid'), { now: NOON });
      await post(shop, sample(shop, 'paid'), { now: NOON, key: 'another key, which is long enough' });
      await post(other, sample(other, 'paid'), { now: NOON });
      expect(await readStarted(within(shop))).toEqual({ real: true, test: true });
      const created = await countCreated(within(shop), {
        begins: [new Date(NOON.getTime() - DAY)],
        until: EDGES.until,
      });
      expect(created.map(({ isTest, count }) => [isTest, count]).sort()).toEqual([
        [false, 1],
        [true, 1],
      ]);
      const outcomes = await countOutcomes(within(shop), EDGES);
      expect(outcomes.map(({ part, outcome, count }) => `${part} ${outcome} ${count}`).sort()).toEqual([
        '1 accepted 2',
        '1 refused 1',
      ]);
      expect(await countOutcomes({ ...within(shop), role: 'accountant' }, EDGES)).toEqual([]);
    });
  });
});
