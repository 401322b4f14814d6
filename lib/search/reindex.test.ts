import { describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { hideNames } from '@/lib/retention/names';
import { accessOf } from '@/lib/staff/access.testing';
import { search } from './find';
import { reindexSearch } from './reindex';

const owner = accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000001' });

async function found(text: string): Promise<number> {
  return (await search(owner, text)).flatMap(({ hits }) => hits).length;
}

/** As version 0.1 wrote it: names in parts at each apostrophe, orders as they were sent. */
async function asVersion01(database: Database, shop: Shop, terms: readonly string[]): Promise<void> {
  await query(
    database,
    `update invoices i set search = array_to_tsvector(
       array(select t.lexeme from unnest(i.search) t where left(t.lexeme, 2) in ('p:', 'e:', 'i:', 'm:')) || string_to_array($2, ','))
     where i.project_id = $1::uuid`,
    [shop.id, terms.join()],
  );
}

const OLD_TERMS = ['n:стеф', 'n:юк', 'n:joão', 'o:shop–77', 'o:shop', 'o:77', 'o:#5150'];

async function openOldShop(database: Database, surname: string): Promise<Shop> {
  const shop = await openShop('novapay');
  const names = { client_last_name: surname, client_first_name: 'João', client_patronymic: '' };
  await post(shop, { ...sample(shop, 'paid'), ...names, client_phone: '+380671112233' });
  await asVersion01(database, shop, OLD_TERMS);
  await query(database, 'delete from search_index', []);
  return shop;
}

everyDriver((database) => {
  describe('invoices of an earlier version', { shuffle: false }, () => {
    it('are found in every spelling afterwards, and by all that they were found by', async () => {
      await openOldShop(database(), 'Стеф’юк');
      for (const text of ["Стеф'юк", 'Joao', 'shop-77', '5150']) expect(await found(text), text).toBe(0);
      expect(await reindexSearch()).toMatchObject({ changed: 1 });
      for (const text of ["Стеф'юк", 'Стефʼюк', 'Joao', 'João', 'shop-77', '77', '5150', '067 111 22 33'])
        expect(await found(text), text).toBe(1);
    });

    it('are walked once', async () => {
      expect(await reindexSearch()).toEqual({ read: 0, changed: 0 });
      await query(database(), 'delete from search_index', []);
      expect(await reindexSearch()).toMatchObject({ changed: 0 });
    });

    it('are gone through from where an earlier walk stopped', async () => {
      const shop = await openOldShop(database(), 'Стеф’юк');
      expect(await reindexSearch(() => true)).toEqual({ read: 0, changed: 0 });
      const last = `(select max(id::text) from invoices)::uuid`;
      await query(database(), `update search_index set after = ${last}`, []);
      expect(await reindexSearch()).toEqual({ read: 0, changed: 0 });
      await query(database(), `update search_index set version = 1`, []);
      expect(await reindexSearch()).toMatchObject({ changed: 1 });
      await hideNames(shop.id);
    });

    it('do not get back names that are no longer searchable', async () => {
      const shop = await openOldShop(database(), 'Пам’ятний');
      await hideNames(shop.id);
      await reindexSearch();
      expect(await found('Пам’ятний')).toBe(0);
      const [row] = await query<{ terms: string }>(
        database(),
        'select array_to_string(tsvector_to_array(search), $2) as terms from invoices where project_id = $1::uuid',
        [shop.id, ' '],
      );
      expect(row?.terms).not.toMatch(/n:/);
      expect(row?.terms).toMatch(/p:/);
    });
  });
});
