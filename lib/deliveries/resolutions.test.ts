import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { after, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { deliveryList } from './delivery-list';
import { listDeliveries } from './queries';
import { listQueue } from './queue';
import { findResolution, reopenFailure, resolveFailure, seenFailures } from './resolutions';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const OTHER_ID = '0b9f3c1e-0000-4000-8000-000000000002';
const member = (role: Role = 'owner', projects: Access['projects'] = 'all', staffId = STAFF_ID): Access =>
  accessOf({ staffId, role, projects });
const filterOf = (shop: Shop) => ({
  ...deliveryList.read({}, { zone: 'UTC', providers: [], projects: [] }).filter,
  project: shop.id,
});

const PHONE = 'RecipientsPhone invalid format';
const BRANCH = 'Warehouse with this Ref is not exist';

/** One parcel of a shop of its own, and what later postbacks say of it. */
async function failed(database: Database, reasons: readonly string[] = [PHONE]) {
  const shop = await openShop('novapay');
  const first = sample(shop, 'paid');
  const say = async (delivery: Fields, seconds: number): Promise<void> => {
    await post(shop, { ...first, delivery: { ...(first.delivery as Fields), ...delivery } }, { now: after(seconds) });
  };
  await say({ ew_fail_reason: reasons }, 0);
  const [row] = await query<{ id: string }>(
    database,
    'select id::text as id from deliveries where project_id = $1::uuid',
    [shop.id],
  );
  const id = row?.id ?? '';
  const waiting = async (access = member()): Promise<number> => (await listQueue(access, filterOf(shop))).rows.length;
  return { shop, say, id, waiting };
}

function audited(database: Database, shop: Shop) {
  return query<{ action: string; detail: unknown }>(
    database,
    "select action, detail from audit_log where project_id = $1::uuid and action like 'waybill.%' order by at, action",
    [shop.id],
  );
}

eachDatabase((database) => {
  beforeAll(async () => {
    await query(
      database(),
      `insert into staff (id, email, name, role, password_hash) values
         ($1::uuid, 'a@shop.example', 'Sofia', 'owner', '-'), ($2::uuid, 'b@shop.example', 'Marko', 'manager', '-')`,
      [STAFF_ID, OTHER_ID],
    );
  });

  describe('a failed waybill', () => {
    it('leaves the queue and the overview when it is resolved, and comes back when it is reopened', async () => {
      const { shop, id, waiting } = await failed(database());
      const access = member();
      expect(await waiting()).toBe(1);
      expect(await resolveFailure(access, id, seenFailures([PHONE]), 'Called, new number')).toBe('resolved');
      expect(await waiting()).toBe(0);
      expect((await listDeliveries(access, filterOf(shop))).rows.map(({ resolved }) => resolved)).toEqual([true]);
      expect(await findResolution(access, id)).toMatchObject({ note: 'Called, new number', by: 'Sofia', holds: true });
      expect(await reopenFailure(access, id)).toBe(true);
      expect(await reopenFailure(access, id)).toBe(false);
      expect([await waiting(), await findResolution(access, id)]).toEqual([1, null]);
      expect(await audited(database(), shop)).toMatchObject([
        { action: 'waybill.resolve', detail: { delivery: id, reasons: [PHONE] } },
        { action: 'waybill.reopen', detail: { delivery: id } },
      ]);
    });

    it('is resolved once by two clicks at the same moment', async () => {
      const { shop, id } = await failed(database());
      const click = (staffId: string, note: string) =>
        resolveFailure(member('support', 'all', staffId), id, seenFailures([PHONE]), note);
      const outcomes = await Promise.all([click(STAFF_ID, 'first'), click(OTHER_ID, 'second')]);
      expect([...outcomes].sort()).toEqual(['already', 'resolved']);
      expect((await findResolution(member(), id))?.note).toBe(outcomes[0] === 'resolved' ? 'first' : 'second');
      expect(await audited(database(), shop)).toHaveLength(1);
    });

    it('needs a person again after a further failure, and not after the same one', async () => {
      const { id, say, waiting } = await failed(database());
      await resolveFailure(member(), id, seenFailures([PHONE]), 'Called');
      await say({ ew_fail_reason: [PHONE] }, 60);
      expect(await waiting()).toBe(0);
      await say({ ew_fail_reason: [BRANCH] }, 120);
      expect(await waiting()).toBe(1);
      expect(await findResolution(member(), id)).toMatchObject({ note: 'Called', holds: false });
      const seen = seenFailures([BRANCH, PHONE]);
      expect(await resolveFailure(member('manager', 'all', OTHER_ID), id, seen, 'Other branch')).toBe('resolved');
      expect(await findResolution(member(), id)).toMatchObject({ note: 'Other branch', by: 'Marko', holds: true });
      expect(await waiting()).toBe(0);
    });

    it('is not resolved by whoever has not seen its latest reason', async () => {
      const { shop, id, say, waiting } = await failed(database());
      await say({ ew_fail_reason: [BRANCH] }, 60);
      expect(await resolveFailure(member(), id, seenFailures([PHONE]), 'Called')).toBe('changed');
      expect([await waiting(), await audited(database(), shop)]).toEqual([1, []]);
    });

    it('resolves itself by a later waybill, and nobody can resolve it after that', async () => {
      const { id, say, waiting } = await failed(database());
      await say({ express_waybills: ['20450012345678'] }, 60);
      expect(await waiting()).toBe(0);
      expect(await resolveFailure(member(), id, seenFailures([PHONE]), 'Late')).toBe('changed');
      expect(await findResolution(member(), id)).toBe(null);
    });

    it('is nothing to those who were not given its project', async () => {
      const { shop, id, waiting } = await failed(database());
      const elsewhere = member('support', []);
      expect(await resolveFailure(elsewhere, id, seenFailures([PHONE]), 'x')).toBe('none');
      expect(await waiting(elsewhere)).toBe(0);
      await resolveFailure(member(), id, seenFailures([PHONE]), 'Called');
      expect(await reopenFailure(elsewhere, id)).toBe(false);
      expect(await findResolution(elsewhere, id)).toBe(null);
      expect(await findResolution(member('support', [shop.id]), id)).not.toBe(null);
    });
  });
});
