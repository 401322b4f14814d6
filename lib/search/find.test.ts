import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { readInvoiceFilter } from '@/lib/invoices/filter';
import { listInvoices } from '@/lib/invoices/queries';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { search } from './find';

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
      const { filter } = readInvoiceFilter({}, { zone: 'UTC', providers: [], projects: [] });
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
    let shop: Shop;
    beforeAll(async () => {
      shop = await openShop('cryptocloud');
    });

    /** An invoice so many seconds older than the newest. */
    const insert = (order: string, age: number): Promise<unknown> =>
      query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           order_id, created_at, updated_at, search, version, state)
         values (gen_random_uuid(), $1::uuid, gen_random_uuid()::text, 'live', 'paid', 'x', false, true,
           $2, now() + interval '2 days' - make_interval(secs => $3::float8), now(), array_to_tsvector(array['o:' || lower($2)]), 1, '{}')`,
        [shop.id, order, String(age)],
      );
    const orders = async (text: string, access = owner): Promise<readonly (string | null)[]> => {
      const [group] = await search(access, text);
      return group?.hits.map(({ orderId }) => orderId) ?? [];
    };

    it('comes before what only begins so, however old it is', async () => {
      for (const age of [1, 2, 3, 4, 5, 6, 7]) await insert(`Whole-1${age}`, age);
      // Behind more than are looked at for what begins so.
      await insert('Whole-1', 500_000);
      expect(await orders('whole-1')).toEqual(['Whole-1', 'Whole-11', 'Whole-12', 'Whole-13', 'Whole-14']);
      expect(await orders('WHOLE-1', of(shop))).toEqual(await orders('whole-1'));
      expect((await search(owner, 'whole-1'))[0]?.more).toBe(true);
      expect(await orders('whole-12')).toEqual(['Whole-12']);
      expect(await orders('whole-')).toEqual(['Whole-11', 'Whole-12', 'Whole-13', 'Whole-14', 'Whole-15']);
    });

    it('is not somebody else’s, and then what begins so is shown as ever', async () => {
      const other = await openShop('cryptocloud');
      expect(await orders('whole-1', of(other))).toEqual([]);
      await query(database(), `update invoices set project_id = $1::uuid where order_id = 'Whole-1'`, [other.id]);
      expect((await orders('whole-1', of(shop)))[0]).toBe('Whole-11');
      expect(await orders('whole-1', of(other))).toEqual(['Whole-1']);
    });

    it('comes newest first where many have it', async () => {
      for (let age = 0; age < 7; age += 1) await insert('Same', 500_000 + age);
      await insert('Same-later', 1);
      const [group] = await search(owner, 'same');
      expect(group?.hits.map(({ orderId }) => orderId)).toEqual(Array.from({ length: 5 }, () => 'Same'));
      expect(group?.more).toBe(true);
    });
  });
});
