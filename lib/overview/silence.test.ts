import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { NOON, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { listSilent } from './silence';

const HOUR = 3_600_000;
const within = (shop: Shop, role: Role = 'owner'): Access =>
  accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000001', role, projects: [shop.id] });
const at = (hours: number): Date => new Date(NOON.getTime() + hours * HOUR);

eachDatabase((database) => {
  /** One an hour for four weeks up to noon. */
  async function busyShop(): Promise<Shop> {
    const shop = await openShop();
    await query(
      database(),
      `insert into postbacks (id, project_id, received_at, outcome, answer_status, signer, verified, body_size)
       select gen_random_uuid(), $1::uuid, $2::timestamptz - n * interval '1 hour', 'accepted', 200, 'live', 'jwt', 1
       from generate_series(0, 671) n`,
      [shop.id, NOON.toISOString()],
    );
    return shop;
  }

  describe('silence', () => {
    it('is told once it is longer than is usual, and is over with the next postback', async () => {
      const shop = await busyShop();
      expect((await listSilent(within(shop), at(0.5), 5)).rows).toEqual([]);
      expect((await listSilent(within(shop), at(2), 5)).rows).toEqual([]);
      const { rows, count, since } = await listSilent(within(shop), at(30), 5);
      expect(rows).toEqual([
        { projectId: shop.id, project: 'Shop', at: '2026-01-27T12:30:00.000000Z', allowed: 3 * HOUR },
      ]);
      expect([count, since]).toEqual([1, '2026-01-27T12:30:00.000000Z']);
      await post(shop, sample(shop, 'paid'), { now: at(29) });
      expect((await listSilent(within(shop), at(30), 5)).rows).toEqual([]);
      expect((await listSilent(within(shop), at(31), 5)).rows).toEqual([]);
    });

    it('is not told to those who see no postbacks, nor of other projects', async () => {
      const [shop, other] = [await busyShop(), await openShop()];
      expect((await listSilent(within(shop, 'support'), at(30), 5)).count).toBe(1);
      expect((await listSilent(within(shop, 'accountant'), at(30), 5)).count).toBe(0);
      expect((await listSilent(within(other), at(30), 5)).count).toBe(0);
    });
  });
});
