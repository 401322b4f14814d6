import { beforeAll, describe, expect, it } from 'vitest';
import { identity } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import { after, invoicesOf, ledger, openShop, post, type Shop, sample } from './shop.testing';

/** Posts the bodies one a minute; returns the outcomes in the ledger in that order. */
async function postAll(shop: Shop, bodies: readonly Fields[]): Promise<void> {
  for (const [index, body] of bodies.entries()) {
    expect((await post(shop, body, { now: after(index * 60) })).status).toBe(200);
  }
}

/** The ledger rows and the invoice of one session. */
async function ofSession(database: Database, shop: Shop, id: string) {
  const invoice = (await invoicesOf(database, shop)).find((row) => row.provider_invoice_id === id);
  const rows = await ledger(database, shop);
  return {
    invoice,
    outcomes: rows.filter((row) => row.invoice_id === identity(shop.id, id, 'live')).map((row) => row.outcome),
  };
}

everyDriver((database) => {
  let shop: Shop;

  beforeAll(async () => {
    // One for all: making its keys takes longer than a test.
    shop = await openShop('novapay');
  });

  describe('a session whose values come in another spelling', () => {
    const item = { description: 'Горнятко', count: '1', price: '17' };
    const spoon = { description: 'Ложка', count: '2', price: '18' };

    it.each<[string, Fields, Fields]>([
      ['a price with more digits', { products: [item] }, { products: [{ ...item, price: '17.00' }] }],
      ['a count with a point', { products: [item] }, { products: [{ ...item, count: '1.0' }] }],
      ['products in another order', { products: [item, spoon] }, { products: [spoon, item] }],
      ['a phone without its plus', { client_phone: '+380501112233' }, { client_phone: '380501112233' }],
      ['another spelling of the method', { paytype: 'applepay' }, { paytype: 'apple_pay' }],
      ['a last name in capitals', { client_last_name: 'Коваленко' }, { client_last_name: 'КОВАЛЕНКО' }],
      ['an amount with more digits', { amount: '53' }, { amount: '53.00' }],
    ])('is no contradiction: %s', async (_, first, second) => {
      const paid = sample(shop, 'paid');
      await postAll(shop, [
        { ...paid, ...first },
        { ...paid, ...second },
      ]);
      const { invoice, outcomes } = await ofSession(database(), shop, String(paid.id));
      expect(outcomes).toHaveLength(2);
      expect(outcomes).not.toContain('contradiction');
      expect(invoice).toMatchObject({ status: 'paid', attention: [] });
    });
  });
});
