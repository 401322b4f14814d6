import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { readInvoiceFilter } from '@/lib/invoices/filter';
import { listInvoices } from '@/lib/invoices/queries';
import { openShop, post, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { search } from './find';

const staffId = '0b9f3c1e-0000-4000-8000-000000000001';
const owner = accessOf({ staffId });
const of = (...shops: readonly Shop[]): Access => accessOf({ staffId, projects: shops.map(({ id }) => id) });

eachDatabase(() => {
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
  });
});
