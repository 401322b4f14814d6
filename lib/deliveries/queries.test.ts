import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@/lib/cursor';
import { COUNTED, type Counts } from '@/lib/db/counts';
import { eachDatabase } from '@/lib/db/testing';
import { after, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { withPermission } from '@/lib/search/condition';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { type DeliveryFilter, deliveryList } from './delivery-list';
import { countDeliveries, countUnresolved, hasDeliveries, listDeliveries } from './queries';
import { listQueue } from './queue';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const member = (role: Role, projects: Access['projects'] = 'all'): Access =>
  accessOf({ staffId: STAFF_ID, role, projects });
const owner = member('owner');
const scope = { zone: 'Europe/Kyiv', providers: ['novapay'], projects: [] };

function filterOf(shop: Shop | null, change: Partial<DeliveryFilter> = {}): DeliveryFilter {
  return { ...deliveryList.read({}, scope).filter, project: shop?.id ?? null, ...change };
}

async function orders(filter: DeliveryFilter, access = owner): Promise<readonly (string | null)[]> {
  return (await listDeliveries(access, filter)).rows.map(({ orderId }) => orderId);
}

/** A session of its own, with a parcel of which this is said. */
async function parcel(shop: Shop, order: string, said: Fields, seconds = 0, top: Fields = {}): Promise<void> {
  const fields = sample(shop, 'paid');
  const delivery = { ...(fields.delivery as Fields), ...said };
  await post(shop, { ...fields, external_id: order, ...top, delivery }, { now: after(seconds) });
}

describe('the filter of deliveries', () => {
  it('comes back from its own link, and is bare without anything', () => {
    const { filter } = deliveryList.read({}, scope);
    expect(deliveryList.href(filter, scope.zone)).toBe('/deliveries');
    expect(deliveryList.isFiltered(filter)).toBe(false);
    const params = { q: 'Іван', view: 'unresolved', status: ['waybill_failed', 'received'], test: 'only', tz: 'UTC' };
    const read = deliveryList.read(params, scope);
    expect(read.notices).toEqual([]);
    const address = new URL(deliveryList.href(read.filter, scope.zone), 'http://desk');
    expect(address.searchParams.getAll('status')).toEqual(params.status);
    expect(deliveryList.read({ ...Object.fromEntries(address.searchParams), status: params.status }, scope)).toEqual(
      read,
    );
  });

  it.each([
    ['status', 'lost'],
    ['view', 'mine'],
    ['test', 'yes'],
    ['provider', 'stripe'],
    ['after', 'bm8'],
  ])('names a %s that is no good and falls to the default', (field, value) => {
    const { filter, notices } = deliveryList.read({ [field]: value }, scope);
    expect(filter).toEqual(deliveryList.read({}, scope).filter);
    expect(notices).toEqual([{ field, value }]);
  });
});

function numbersOf(counts: Counts<string>): Record<string, number> {
  return Object.fromEntries([...counts].map(([word, { count }]) => [word, count]));
}

eachDatabase((database) => {
  describe('the list of deliveries', () => {
    it('shows the latest first, filtered by status, text, period and test', async () => {
      const shop = await openShop('novapay');
      await parcel(shop, 'NONE', {}, 0);
      await parcel(shop, 'MADE', { express_waybills: ['20450012345678'] }, 60);
      await parcel(shop, 'FAILED', { ew_fail_reason: ['Anything'] }, 86_400);
      const fields = { ...sample(shop, 'paid'), external_id: 'TEST' };
      await post(shop, fields, { now: after(120), key: await testKeyOf(database(), shop) });
      expect(await orders(filterOf(shop))).toEqual(['FAILED', 'TEST', 'MADE', 'NONE']);
      expect(await orders(filterOf(shop, { status: ['waybill_created', 'waybill_failed'] }))).toEqual([
        'FAILED',
        'MADE',
      ]);
      expect(await orders(filterOf(shop, { test: 'only' }))).toEqual(['TEST']);
      expect(await orders(filterOf(shop, { test: 'exclude' }))).toEqual(['FAILED', 'MADE', 'NONE']);
      expect(await orders(filterOf(shop, { q: '20 4500 1234 5678' }))).toEqual(['MADE']);
      expect(await orders(filterOf(shop, { q: 'fail' }))).toEqual(['FAILED']);
      expect(await orders(filterOf(shop, { q: '%' }))).toEqual([]);
      expect(await orders(filterOf(shop, { from: '2026-01-28', tz: 'UTC' }))).toEqual(['FAILED']);
      expect(await orders(filterOf(shop, { to: '2026-01-28', tz: 'UTC' }))).toEqual(['TEST', 'MADE', 'NONE']);
      expect(await orders(filterOf(shop, { provider: 'novapay' }))).toHaveLength(4);
      expect(await orders(filterOf(shop, { provider: 'trybit' }))).toEqual([]);
      const counts = await countDeliveries(owner, filterOf(shop, { status: ['waybill_failed'] }));
      expect(numbersOf(counts)).toEqual({ none: 2, waybill_created: 1, waybill_failed: 1 });
      expect(numbersOf(await countDeliveries(owner, filterOf(shop, { q: 'fail' })))).toEqual({ waybill_failed: 1 });
      expect((await countUnresolved(owner, filterOf(shop, { q: 'fail', test: 'exclude' }))).count).toBe(1);
      expect((await countUnresolved(owner, filterOf(shop, { test: 'only' }))).count).toBe(0);
    });

    it('shows a member only the projects they were given', async () => {
      const [mine, other] = [await openShop('novapay'), await openShop('novapay')];
      await parcel(mine, 'MINE', { ew_fail_reason: ['Anything'] });
      await parcel(other, 'THEIRS', { ew_fail_reason: ['Anything'] });
      const some = member('support', [mine.id]);
      expect(await orders(filterOf(null), some)).toEqual(['MINE']);
      expect(await orders(filterOf(other), some)).toEqual([]);
      expect((await listQueue(some, filterOf(null))).rows.map(({ orderId }) => orderId)).toEqual(['MINE']);
      expect((await countUnresolved(some, filterOf(null))).count).toBe(1);
      expect(numbersOf(await countDeliveries(some, filterOf(null)))).toEqual({ waybill_failed: 1 });
      expect(await hasDeliveries(some)).toBe(true);
      expect(await hasDeliveries(member('support', []))).toBe(false);
    });

    it('masks recipients for every role, and finds them by name only for those who may see people', async () => {
      const shop = await openShop('novapay');
      await parcel(shop, 'A', { recipient_last_name: 'Гнатюк', recipient_first_name: 'Соломія' });
      const shown = async (role: Role): Promise<string | null | undefined> =>
        (await listDeliveries(member(role), filterOf(shop))).rows[0]?.recipientName;
      for (const role of ['owner', 'manager', 'support'] as const) expect(await shown(role)).toBe('Г••• С••• І•••');
      expect(await shown('accountant')).toBe(null);
      const found = async (role: Role): Promise<number> => {
        const email = `${crypto.randomUUID()}@shop.example`;
        const { id } = await createStaff({ email, name: 'A', role, password: 'three grey herons' });
        const access = accessOf({ staffId: id, role });
        // Looking for customers is counted, so somebody must be asking.
        return (await orders(await withPermission(access, filterOf(shop, { q: 'гнатюк' })), access)).length;
      };
      expect([await found('manager'), await found('accountant')]).toEqual([1, 0]);
    });
  });

  describe('the queue', () => {
    it('puts first who waits longest, each reason with its field and the value sent', async () => {
      const shop = await openShop('novapay');
      const reasons = ['RecipientsPhone invalid format', 'AfterpaymentOnGoodsCost is unavailable', 'Щось нове'];
      await parcel(shop, 'LATER', { ew_fail_reason: ['Anything'] }, 60);
      await parcel(shop, 'FIRST', { ew_fail_reason: reasons, recipient_phone: '0671' }, 0, {
        paytype: 'cash_on_delivery',
      });
      await parcel(shop, 'FINE', { express_waybills: ['20450012345678'] }, 90);
      const { rows, next } = await listQueue(owner, filterOf(shop, { status: ['received'] }));
      expect([rows.map(({ orderId }) => orderId), next]).toEqual([['FIRST', 'LATER'], null]);
      const failures = new Map(rows[0]?.failures.map((failure) => [failure.reason, failure]));
      expect(failures.get(reasons[0] ?? '')).toMatchObject({
        code: 'recipient_phone_format',
        path: 'delivery.recipient_phone',
        value: { kind: 'text', text: '•••' },
      });
      expect(failures.get(reasons[1] ?? '')).toMatchObject({
        path: 'paytype',
        value: { kind: 'method', text: 'cash_on_delivery' },
      });
      expect(failures.get(reasons[2] ?? '')).toEqual({
        reason: 'Щось нове',
        code: null,
        place: null,
        path: null,
        value: null,
      });
    });

    it('shows the value masked, and not at all to accountants', async () => {
      const shop = await openShop('novapay');
      await parcel(shop, 'A', { ew_fail_reason: ['RecipientsPhone invalid format'], recipient_phone: '+380671112233' });
      const value = async (role: Role): Promise<string | undefined> =>
        (await listQueue(member(role), filterOf(shop))).rows[0]?.failures[0]?.value?.text;
      expect(await value('owner')).toBe('••• 33');
      expect([await value('manager'), await value('support')]).toEqual(['••• 33', '••• 33']);
      expect(await value('accountant')).toBe(undefined);
    });
  });

  describe('pages', () => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await openShop('novapay');
      await query(
        database(),
        `with made as (
           insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test,
             test_mode_known, created_at, updated_at, search, version, state)
           select gen_random_uuid(), $1::uuid, 'P' || n, 'live', 'paid', 'x', false, true, now(), now(), '', 1, '{}'
           from generate_series(1, 1130) n returning id, provider_invoice_id
         )
         insert into deliveries (id, invoice_id, project_id, status, waybills, failure_reasons, updated_at)
         select gen_random_uuid(), id, $1::uuid, 'waybill_failed', '{}', '{x}',
           timestamptz '2026-01-01 10:00:00.123456+00' + (substr(provider_invoice_id, 2)::int / 60) * interval '1 microsecond'
         from made`,
        [shop.id],
      );
    });

    it.each(['list', 'queue'] as const)(
      'of the %s hold every row once, though many share their moment',
      async (kind) => {
        const read = kind === 'list' ? listDeliveries : listQueue;
        const seen: { id: string; updatedAt: string }[] = [];
        let cursor: DeliveryFilter['after'] = null;
        do {
          const page: Page<{ readonly id: string; readonly updatedAt: string }> = await read(
            owner,
            filterOf(shop, { after: cursor }),
          );
          seen.push(...page.rows);
          cursor = page.next;
        } while (cursor);
        expect(seen).toHaveLength(1130);
        expect(new Set(seen.map(({ id }) => id)).size).toBe(1130);
        const times = seen.map(({ updatedAt }) => updatedAt);
        expect(times).toEqual(kind === 'list' ? times.toSorted().toReversed() : times.toSorted());
      },
    );

    it('are counted up to a limit', async () => {
      const capped = { count: COUNTED, more: true };
      expect((await countDeliveries(owner, filterOf(shop))).get('waybill_failed')).toEqual(capped);
      expect(await countUnresolved(owner, filterOf(shop))).toEqual(capped);
    });
  });
});
