import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { search } from './find';
import { termsOf } from './terms';

const NOTHING = { orders: [], invoice: '-', hashes: [], address: null, waybills: [], amounts: [], names: [] };
const staffId = '0b9f3c1e-0000-4000-8000-000000000001';
const owner = accessOf({ staffId });
const of = (...shops: readonly Shop[]): Access => accessOf({ staffId, projects: shops.map(({ id }) => id) });

eachDatabase((database) => {
  describe('what more invoices have than a search shows', () => {
    let [few, many]: Shop[] = [];

    beforeAll(async () => {
      const shops = [await openShop('novapay'), await openShop('novapay')] as const;
      [few, many] = shops;
      // Those of the first project lie between those of the second.
      for (let index = 0; index < 12; index += 1)
        await post(shops[index % 4 === 1 ? 0 : 1], { ...sample(shops[0], 'paid'), client_last_name: 'Частий' });
    });

    const found = async (access: Access): Promise<{ ids: readonly string[]; more: boolean } | null> => {
      const groups = await search(access, 'частий');
      expect(groups.map(({ kind }) => kind)).toEqual(groups.length > 0 ? ['name'] : []);
      const [group] = groups;
      return group ? { ids: group.hits.map(({ id }) => id), more: group.more } : null;
    };
    const newest = async (access: Access): Promise<readonly string[]> => {
      const { filter } = invoiceList.read({}, { zone: 'UTC', providers: [], projects: [] });
      return (await listInvoices(access, { ...filter, q: 'частий' })).rows.map(({ id }) => id);
    };

    it('is its newest five', async () => {
      expect(await newest(owner)).toHaveLength(12);
      expect(await found(owner)).toEqual({ ids: (await newest(owner)).slice(0, 5), more: true });
    });

    it('is for a member what lies in their projects, few or many', async () => {
      const [mine, others] = [few as Shop, many as Shop];
      expect(await found(of(mine))).toEqual({ ids: await newest(of(mine)), more: false });
      expect(await newest(of(mine))).toHaveLength(3);
      expect(await found(of(others))).toEqual({ ids: (await newest(of(others))).slice(0, 5), more: true });
      expect(await found(of())).toBeNull();
    });

    it('is found also behind more than are looked at first', async () => {
      const [mine, others] = [few as Shop, many as Shop];
      const before = await newest(owner);
      await query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           created_at, updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'N' || n, 'live', 'paid', 'x', false, true, now() + interval '1 day' - n * interval '1 second', now(),
           array_to_tsvector(array[case when n <= 6 then 'n:частий' else 'n:інший' end]), 1, '{}'
         from generate_series(1, 600) n`,
        [others.id],
      );
      expect((await found(of(mine)))?.ids).toHaveLength(3);
      expect((await found(owner))?.ids).toEqual((await newest(owner)).slice(0, 5));
      await query(database(), `delete from invoices where provider_invoice_id similar to 'N[1-6]'`, []);
      expect(await newest(owner)).toEqual(before);
      expect(await found(owner)).toEqual({ ids: before.slice(0, 5), more: true });
    });
  });

  describe('all of a number', () => {
    let [shop, other]: Shop[] = [];
    beforeAll(async () => {
      [shop, other] = [await openShop('cryptocloud'), await openShop('cryptocloud')];
      // More than are looked at first, newer than everything that is asked for here but what says so.
      await query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           created_at, updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'F' || n, 'live', 'paid', 'x', false, true,
           now() + interval '2 days', now(), '', 1, '{}' from generate_series(1, 600) n`,
        [shop.id],
      );
    });

    const NEWEST = '4 days';
    const OLD = '-3 days';
    /** An invoice so many minutes older than `since`, found by its order and by the parts of it. */
    const insert = (order: string, minutes: number, since = NEWEST, owner: Shop | undefined = shop): Promise<unknown> =>
      query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           order_id, created_at, updated_at, search, version, state)
         values (gen_random_uuid(), $1::uuid, gen_random_uuid()::text, 'live', 'paid', 'x', false, true, $2,
           date_trunc('day', now()) + $3::interval - make_interval(mins => $4::int), now(),
           array_to_tsvector(string_to_array($5, ',')), 1, '{}')`,
        [owner?.id ?? '', order, since, String(minutes), termsOf({ ...NOTHING, orders: [order] }).join()],
      );
    const found = async (text: string, access = owner): Promise<{ orders: readonly unknown[]; more: boolean }> => {
      const [group] = await search(access, text);
      return { orders: group?.hits.map(({ orderId }) => orderId) ?? [], more: group?.more ?? false };
    };

    it('comes before what only begins so, however old it is', async () => {
      for (const nth of [1, 2, 3, 4, 5, 6, 7]) await insert(`Whole1${nth}`, nth);
      await insert('Whole1', 1, OLD);
      const orders = ['Whole1', 'Whole11', 'Whole12', 'Whole13', 'Whole14'];
      expect(await found('whole1')).toEqual({ orders, more: true });
      expect(await found('WHOLE1 ', of(shop as Shop))).toEqual({ orders, more: true });
      expect(await found('whole12')).toEqual({ orders: ['Whole12'], more: false });
      expect((await found('whole')).orders).toEqual(['Whole11', 'Whole12', 'Whole13', 'Whole14', 'Whole15']);
    });

    it('comes before that of which it is a part', async () => {
      await insert('5150', 9, OLD);
      for (const nth of [1, 2, 3]) await insert(`5150-${nth}`, nth, OLD);
      expect((await found('5150')).orders).toEqual(['5150', '5150-1', '5150-2', '5150-3']);
    });

    it('is found among what many have, the newest first, in one’s own projects', async () => {
      for (const nth of [1, 2, 3, 4, 5, 6, 7]) await insert(`Same-a${nth}`, nth);
      for (const nth of [1, 2, 3]) await insert(`Same-b${nth}`, nth, OLD, other);
      expect(await found('same')).toEqual({
        orders: ['Same-a1', 'Same-a2', 'Same-a3', 'Same-a4', 'Same-a5'],
        more: true,
      });
      expect(await found('same', of(other as Shop))).toEqual({
        orders: ['Same-b1', 'Same-b2', 'Same-b3'],
        more: false,
      });
      await insert('Same-b0', 8, NEWEST, other);
      expect((await found('same', of(other as Shop))).orders).toEqual(['Same-b0', 'Same-b1', 'Same-b2', 'Same-b3']);
    });

    it('that is only somebody else’s leaves what begins so as it is', async () => {
      await insert('Theirs', 1, OLD, other);
      for (const nth of [1, 2]) await insert(`Theirs${nth}`, nth, OLD);
      expect((await found('theirs', of(shop as Shop))).orders).toEqual(['Theirs1', 'Theirs2']);
      expect((await found('theirs', of(other as Shop))).orders).toEqual(['Theirs']);
      expect((await found('theirs', of())).orders).toEqual([]);
    });
  });
});
