import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { findPostback } from '@/lib/postbacks/queries';
import { countRecheckable, missingForRecheck } from '@/lib/postbacks/recheck';
import { NOON, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { listRefused } from './refused';
import { type InvoiceKind, listWaitingInvoices } from './waiting-invoices';
import { listWaitingWaybills } from './waiting-waybills';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const WRONG_KEY = 'another key, which is long enough';
const MINUTE = 60_000;
const DAY = 86_400_000;

const at = (milliseconds: number): Date => new Date(NOON.getTime() + milliseconds);
const within = (shop: Shop, role: Role = 'owner'): Access => accessOf({ staffId: STAFF_ID, role, projects: [shop.id] });

function sampleAt(shop: Shop, name: string, time: Date): Fields {
  const found = shop.provider.samples.find((each) => each.name === name);
  return found ? found.build(time) : {};
}

/** How many wait, and the orders or ids of those shown. */
async function waiting(shop: Shop, kind: InvoiceKind, now = at(MINUTE), limit = 5) {
  const { rows, count, since } = await listWaitingInvoices(within(shop), kind, now, limit);
  return { rows, count, since };
}

eachDatabase((database) => {
  /** Somebody marks all of the shop's invoices as done, as they are now, at a time. */
  const done = (shop: Shop, time: Date): Promise<unknown> =>
    query(
      database(),
      `insert into invoice_marks (id, invoice_id, project_id, staff_id, done, note, version, created_at)
       select gen_random_uuid(), id, project_id, $2::uuid, true, '', version, $3::timestamptz
       from invoices where project_id = $1::uuid`,
      [shop.id, STAFF_ID, time.toISOString()],
    );
  const note = (shop: Shop): Promise<unknown> =>
    query(
      database(),
      `insert into invoice_notes (invoice_id, staff_id, text)
       select id, $2::uuid, 'Asked' from invoices where project_id = $1::uuid`,
      [shop.id, STAFF_ID],
    );

  beforeAll(async () => {
    await query(
      database(),
      "insert into staff (id, email, name, role, password_hash) values ($1::uuid, 'a@shop.example', 'Sofia', 'owner', '-')",
      [STAFF_ID],
    );
  });

  describe('an invoice paid in part', () => {
    it('waits until somebody marks it as done, whatever notes there are, and again once more money came', async () => {
      const shop = await openShop();
      const partial = sample(shop, 'partial');
      await post(shop, partial);
      const { rows, count, since } = await waiting(shop, 'partial');
      expect([count, since]).toEqual([1, '2026-01-27T12:30:00.000000Z']);
      expect(rows).toMatchObject([{ status: 'partial', project: 'Shop', concern: { code: 'partial' } }]);
      expect((await waiting(shop, 'overpaid')).count).toBe(0);
      await note(shop);
      expect((await waiting(shop, 'partial')).count).toBe(1);
      await done(shop, at(MINUTE));
      expect(await waiting(shop, 'partial')).toEqual({ rows: [], count: 0, since: null });
      await post(shop, { ...partial, amount_crypto: '20.5' }, { now: at(2 * MINUTE) });
      expect((await waiting(shop, 'partial', at(3 * MINUTE))).count).toBe(1);
    });

    it('is gone once it is paid, after thirty days, and where it is a test or of another project', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      const partial = sample(shop, 'partial');
      await post(shop, partial);
      await post(shop, partial, { key: await testKeyOf(database(), shop) });
      await post(other, sample(other, 'partial'));
      expect((await waiting(shop, 'partial')).count).toBe(1);
      expect((await waiting(shop, 'partial', at(31 * DAY))).count).toBe(0);
      expect((await listWaitingInvoices(accessOf({ staffId: STAFF_ID, projects: [] }), 'partial', NOON, 5)).count).toBe(
        0,
      );
      await query(database(), "update invoices set status = 'paid' where project_id = $1::uuid", [shop.id]);
      expect((await waiting(shop, 'partial')).count).toBe(0);
    });
  });

  describe('an invoice paid too much', () => {
    it('waits, and more than are shown are counted', async () => {
      const shop = await openShop();
      for (let index = 0; index < 3; index += 1) await post(shop, sample(shop, 'overpaid'), { now: at(index) });
      const { rows, count } = await waiting(shop, 'overpaid', at(MINUTE), 2);
      expect([rows.length, count]).toEqual([2, 3]);
      expect(rows[0]?.concern).toMatchObject({ code: 'overpaid' });
      await done(shop, at(MINUTE));
      expect((await waiting(shop, 'overpaid')).count).toBe(0);
    });
  });

  describe('a hold', () => {
    const held = async (shop: Shop, days: number): Promise<Fields> => {
      const time = at(-days * DAY);
      const fields = { ...sampleAt(shop, 'paid', time), status: 'holded' };
      await post(shop, fields, { now: time });
      return fields;
    };

    it('waits in its last week, the one with the least time left first and those lapsed last, and is gone once it is paid', async () => {
      const shop = await openShop('novapay');
      await held(shop, 3);
      const later = await held(shop, 23);
      await held(shop, 28);
      await held(shop, 30);
      await held(shop, 50);
      const { rows, count } = await waiting(shop, 'hold', NOON);
      expect(count).toBe(3);
      expect(rows.map(({ at: since }) => since.slice(0, 10))).toEqual(['2025-12-30', '2026-01-04', '2025-12-28']);
      expect(rows.map(({ concern }) => concern?.code === 'on_hold' && concern.lapsed)).toEqual([false, false, true]);
      await post(shop, { ...later, status: 'paid' });
      expect((await waiting(shop, 'hold', NOON)).count).toBe(2);
    });

    it('that was marked as done waits again once it has lapsed, until it is marked after that', async () => {
      const shop = await openShop('novapay');
      await held(shop, 28);
      await done(shop, at(-MINUTE));
      expect((await waiting(shop, 'hold', NOON)).count).toBe(0);
      expect((await waiting(shop, 'hold', at(2 * DAY))).count).toBe(1);
      await done(shop, at(2 * DAY));
      expect((await waiting(shop, 'hold', at(2 * DAY + MINUTE))).count).toBe(0);
    });
  });

  describe('an invoice whose postbacks contradict each other', () => {
    it('waits until somebody marks it as done', async () => {
      const shop = await openShop('novapay');
      const paid = sample(shop, 'paid');
      await post(shop, paid);
      expect((await waiting(shop, 'check')).count).toBe(0);
      await post(shop, { ...paid, amount: '999' }, { now: at(MINUTE) });
      const { rows, count } = await waiting(shop, 'check', at(2 * MINUTE));
      expect([count, rows[0]?.attention]).toEqual([1, ['contradiction']]);
      await done(shop, at(2 * MINUTE));
      expect((await waiting(shop, 'check', at(3 * MINUTE))).count).toBe(0);
    });
  });

  describe('a failed waybill', () => {
    it('waits until it is resolved or made', async () => {
      const [shop, other] = [await openShop('novapay'), await openShop('novapay')];
      const failed = { ...sample(shop, 'paid'), delivery: { ew_fail_reason: ['RecipientsPhone invalid format'] } };
      await post(shop, failed);
      await post(shop, { ...sample(shop, 'waybill-failed') }, { now: at(MINUTE) });
      const { rows, count, since } = await listWaitingWaybills(within(shop), 1);
      expect([rows.length, count, since]).toEqual([1, 2, '2026-01-27T12:30:00.000000Z']);
      expect(rows[0]?.reasons).toEqual(['RecipientsPhone invalid format']);
      expect((await listWaitingWaybills(within(other), 5)).count).toBe(0);
      await post(shop, { ...failed, delivery: { express_waybills: ['20450012345678'] } }, { now: at(2 * MINUTE) });
      expect((await listWaitingWaybills(within(shop), 5)).count).toBe(1);
      await query(
        database(),
        `insert into delivery_resolutions (delivery_id, staff_id, failure_reasons, note)
         select id, $2::uuid, failure_reasons, 'Called' from deliveries where project_id = $1::uuid`,
        [shop.id, STAFF_ID],
      );
      expect((await listWaitingWaybills(within(shop), 5)).count).toBe(0);
    });
  });

  describe('a refused postback', () => {
    it('waits by project and reason until the provider’s signature is accepted again; a test does not count', async () => {
      const [shop, other] = [await openShop(), await openShop()];
      const now = at(10 * MINUTE);
      const list = async (role: Role = 'owner') => (await listRefused(within(shop, role), now, 5)).rows;
      await post(shop, sample(shop, 'paid'));
      await post(shop, sample(shop, 'paid'), { now: at(MINUTE), key: WRONG_KEY });
      await post(shop, sample(shop, 'paid'), { now: at(2 * MINUTE), key: WRONG_KEY });
      await post(other, sample(other, 'paid'), { key: WRONG_KEY });
      expect(await list()).toMatchObject([
        {
          project: 'Shop',
          outcome: 'refused',
          reason: 'token_wrong_key',
          count: 2,
          since: '2026-01-27T12:31:00.000000Z',
        },
      ]);
      expect((await listRefused(accessOf({ staffId: STAFF_ID, projects: [shop.id, other.id] }), now, 1)).count).toBe(2);
      expect(await list('support')).toHaveLength(1);
      expect(await list('accountant')).toEqual([]);
      // The secret is of today, so it may make them acceptable until they are checked with it.
      expect(await list()).toMatchObject([{ recheckable: true }]);
      await query(database(), 'update postbacks set rechecked_at = now() where project_id = $1::uuid', [shop.id]);
      expect(await list()).toMatchObject([{ recheckable: false }]);
      await post(shop, sample(shop, 'paid'), { now: at(3 * MINUTE), key: await testKeyOf(database(), shop) });
      expect(await list()).toHaveLength(1);
      await post(shop, sample(shop, 'paid'), { now: at(4 * MINUTE) });
      expect(await list()).toEqual([]);
    });

    it.each([
      ['cryptocloud', 'body = null, encryption_key_id = null', 'body'],
      ['cryptocloud', `body_hash = '\\x00'`, 'rest'],
      ['cryptocloud', 'request = null, request_key_id = null', null],
      ['novapay', 'request = null, request_key_id = null', 'signature'],
    ])(
      'of %s is offered to be checked again unless what verifies it is not stored: %s',
      async (id, change, missing) => {
        const shop = await openShop(id);
        const { verify, sign } = shop.provider.createCredential();
        await post(shop, sample(shop, 'paid'), { key: sign ?? verify });
        const text = `update postbacks set ${change} where project_id = $1::uuid returning id::text as id`;
        const [row] = await query<{ id: string }>(database(), text, [shop.id]);
        const postback = await findPostback(within(shop), row?.id ?? '');
        expect(postback && missingForRecheck(postback)).toBe(missing);
        expect(await countRecheckable(within(shop), shop.id)).toBe(missing === null ? 1 : 0);
        const { rows } = await listRefused(within(shop), at(MINUTE), 5);
        expect(rows[0]?.recheckable ?? false).toBe(missing === null);
      },
    );

    it('is no longer told of after a week', async () => {
      const shop = await openShop();
      await post(shop, sample(shop, 'paid'), { key: WRONG_KEY });
      expect((await listRefused(within(shop), at(6 * DAY), 5)).count).toBe(1);
      expect((await listRefused(within(shop), at(8 * DAY), 5)).count).toBe(0);
    });
  });
});
