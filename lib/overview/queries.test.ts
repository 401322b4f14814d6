import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { NOON, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import { accessOf } from '@/lib/staff/access.testing';
import { countCreated, countOutcomesSince, hasPostbacks, listAttention, listRefused, sumMoney } from './queries';

const DAY = 86_400_000;
const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const within = (...shops: readonly Shop[]) =>
  accessOf({ staffId: STAFF_ID, role: 'owner', projects: shops.map(({ id }) => id) });
/** The day before, the day itself, the day after. */
const EDGES = [new Date(NOON.getTime() - DAY), NOON, new Date(NOON.getTime() + DAY)];

async function movement(database: Parameters<typeof query>[0], shop: Shop, values: readonly string[]): Promise<void> {
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
      await movement(database(), shop, ['payment', '10.50', 'UAH', '', 'false', noon]);
      await movement(database(), shop, ['refund', '-0.50', 'UAH', '', 'false', noon]);
      await movement(database(), shop, ['payment', '3', 'USDT_TRC20', '2.99', 'false', noon]);
      await movement(database(), shop, ['top_up', '0.000000000000000001', 'ETH', '', 'false', noon]);
      await movement(database(), shop, ['expected', '700', 'UAH', '', 'false', noon]);
      await movement(database(), shop, ['payment', '999', 'UAH', '', 'true', noon]);
      await movement(database(), shop, ['payment', '1', 'UAH', '', 'false', before]);
      await movement(database(), shop, ['payment', '2', 'UAH', '', 'false', late]);
      await movement(database(), other, ['payment', '5000', 'UAH', '', 'false', noon]);
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

  describe('counts and what needs a person', () => {
    it('follow the projects one was given, and test invoices are told apart', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      expect(await hasPostbacks(within(shop))).toBe(false);
      await post(shop, sample(shop, 'paid'), { now: NOON });
      await post(shop, sample(shop, 'paid'), { now: NOON, key: await testKeyOf(database(), shop) });
      await post(shop, sample(shop, 'paid'), { now: NOON, key: 'another key, which is long enough' });
      await post(other, sample(other, 'paid'), { now: NOON });
      expect(await hasPostbacks(within(shop))).toBe(true);
      const created = await countCreated(within(shop), [new Date(NOON.getTime() - DAY)]);
      expect(created.map(({ is_test, count }) => [is_test, count]).sort()).toEqual([
        [false, 1],
        [true, 1],
      ]);
      const outcomes = await countOutcomesSince(within(shop), EDGES);
      expect(outcomes.map(({ part, outcome, count }) => `${part} ${outcome} ${count}`).sort()).toEqual([
        '1 accepted 2',
        '1 refused 1',
      ]);
      const [refused, ...others] = await listRefused(within(shop), EDGES[0] ?? NOON);
      expect(others).toEqual([]);
      expect(refused).toMatchObject({ project: 'Shop', outcome: 'refused', reason: 'token_wrong_key', count: 1 });
      expect(await listRefused(within(other), EDGES[0] ?? NOON)).toEqual([]);
      expect(await listAttention(within(shop), new Date(0))).toEqual([]);
    });
  });
});
