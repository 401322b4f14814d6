import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { listDeliveries } from '@/lib/deliveries/queries';
import { countStatuses } from '@/lib/invoices/counts';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { listLog } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { openShop, post, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { accessOf } from '@/lib/staff/access.testing';
import { listTransactions } from '@/lib/transactions/queries';
import { transactionList } from '@/lib/transactions/transaction-list';
import { type Wanted, withHits } from './condition';

const owner = accessOf({ staffId: '0b9f3c1e-0000-4000-8000-000000000001' });
const accountant = accessOf({ staffId: owner.staffId, role: 'accountant' });
const scope = { zone: 'UTC', providers: [], projects: [] };
const MANY = 50;

eachDatabase(() => {
  describe('a text that many invoices have', { shuffle: false }, () => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'waybill-created'), client_last_name: 'Рідкісний' });
      for (let index = 1; index < MANY; index += 1)
        await post(shop, { ...sample(shop, 'paid'), client_last_name: 'Частий' });
    });

    const hitsOf = async (q: string, access = owner): Promise<Wanted['hits']> =>
      (await withHits<Wanted>(access, { q })).hits;

    it('is not gathered from the fiftieth on', async () => {
      expect(await hitsOf('частий')).toHaveLength(MANY - 1);
      await post(shop, { ...sample(shop, 'paid'), client_last_name: 'Частий' });
      expect(await hitsOf('частий')).toBe('many');
      expect(await hitsOf('рідкісний')).toHaveLength(1);
      expect(await hitsOf('ніхто')).toEqual([]);
      expect(await hitsOf('')).toBeUndefined();
      expect(await hitsOf('частий', accountant)).not.toBe('many');
    });

    const lists: Readonly<Record<string, (wanted: Wanted) => Promise<{ rows: readonly { id: string }[] }>>> = {
      invoices: (wanted) => listInvoices(owner, { ...invoiceList.read({}, scope).filter, ...wanted }),
      transactions: (wanted) => listTransactions(owner, { ...transactionList.read({}, scope).filter, ...wanted }),
      deliveries: (wanted) => listDeliveries(owner, { ...deliveryList.read({}, scope).filter, ...wanted }),
      postbacks: (wanted) => listLog(owner, { ...postbackList.read({}, scope).filter, ...wanted }),
    };

    it.each(Object.keys(lists))('finds the same %s walked, named and searched for anew', async (name) => {
      const ids = async (wanted: Wanted): Promise<readonly string[] | undefined> =>
        (await lists[name]?.(wanted))?.rows.map(({ id }) => id);
      for (const q of ['частий', 'рідкісний', 'ніхто']) {
        const found = await ids({ q });
        expect(await ids({ q, hits: 'many' })).toEqual(found);
        expect(await ids(await withHits(owner, { q }))).toEqual(found);
      }
      expect(await ids({ q: 'рідкісний' })).toHaveLength(1);
      expect(await ids({ q: 'ніхто' })).toEqual([]);
    });

    it('is counted the same', async () => {
      const { filter } = invoiceList.read({}, scope);
      const counted = await countStatuses(owner, { ...filter, q: 'частий', hits: 'many' });
      expect(counted).toEqual(await countStatuses(owner, { ...filter, q: 'частий' }));
      expect(counted.get('paid')).toEqual({ count: MANY, more: false });
    });
  });
});
