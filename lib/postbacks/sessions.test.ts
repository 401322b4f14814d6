import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { identity } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import { replay } from './replay';
import { after, invoicesOf, ledger, openShop, post, query, type Shop, sample } from './shop.testing';

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

function transactionsOfSession(
  database: Database,
  shop: Shop,
  id: string,
): Promise<{ kind: string; amount: string }[]> {
  return query(
    database,
    `select t.kind, t.amount, to_char(t.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at
       from transactions t join invoices i on i.id = t.invoice_id
      where i.project_id = $1::uuid and i.provider_invoice_id = $2::text order by t.occurred_at, t.kind`,
    [shop.id, id],
  );
}

async function parcelOf(database: Database, shop: Shop, id: string): Promise<unknown> {
  const [row] = await query(
    database,
    `select d.status, d.carrier_code, d.updated_at from deliveries d join invoices i on i.id = d.invoice_id
      where i.project_id = $1::uuid and i.provider_invoice_id = $2::text`,
    [shop.id, id],
  );
  return row;
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

  describe('a partial refund', () => {
    const refunds = async (id: string): Promise<readonly string[]> =>
      (await transactionsOfSession(database(), shop, id)).map(({ kind, amount }) => `${kind} ${amount}`);

    it('in the list of payments is a transaction of what was given back, and the session stays paid', async () => {
      const id = randomUUID();
      const payment = { external_id: 'R-1', amount: '12.50' };
      const body = { id, status: 'paid', paytype: 'card', payments: [payment] };
      await postAll(shop, [
        body,
        { ...body, status: 'processing_void' },
        { ...body, payments: [{ ...payment, refunded_amount: '2.50' }] },
      ]);
      expect(await refunds(id)).toEqual(['payment 12.50', 'refund -2.50']);
      const { invoice, outcomes } = await ofSession(database(), shop, id);
      expect(invoice).toMatchObject({ status: 'paid', amount: '12.50', attention: [] });
      expect(outcomes).toEqual(['accepted', 'accepted', 'accepted']);
    });

    it.each(['refunded_amount', 'refund_amount'])('at the top of the body as %s counts its growth', async (field) => {
      const body = { id: randomUUID(), status: 'paid', paytype: 'card', external_id: 'R-2', amount: '100' };
      await postAll(shop, [
        body,
        { ...body, [field]: '30' },
        { ...body, [field]: '30.00' },
        { ...body, [field]: '45' },
      ]);
      expect(await refunds(body.id)).toEqual(['payment 100', 'refund -30', 'refund -15']);
    });
  });

  it('a refund of the session is no longer that of its only payment once a second one is paid', async () => {
    const id = randomUUID();
    const [a, b] = [
      { external_id: 'R-3', amount: '60' },
      { external_id: 'R-4', amount: '40' },
    ];
    const refunded = (): Promise<unknown> =>
      query(
        database(),
        `select t.amount, t.external_id from transactions t join invoices i on i.id = t.invoice_id
          where t.kind = 'refund' and i.project_id = $1::uuid and i.provider_invoice_id = $2::text`,
        [shop.id, id],
      );
    await postAll(shop, [
      { id, status: 'paid', paytype: 'card', payments: [a] },
      { id, status: 'processing', paytype: 'card', payments: [a, b], refunded_amount: '30' },
    ]);
    expect(await refunded()).toEqual([{ amount: '-30', external_id: 'R-3' }]);
    await post(shop, { id, status: 'paid', paytype: 'card', payments: [b] }, { now: after(120) });
    expect(await refunded()).toEqual([{ amount: '-30', external_id: null }]);
  });

  describe('the last word of a carrier', () => {
    it.each<[string, readonly string[], string, string]>([
      ['is the one received last', ['1', '5', '7', '104', '5'], 'in_transit', '5'],
      ['goes back to the branch', ['7', '105', '7'], 'ready_for_pickup', '7'],
      ['does not leave what was received', ['9', '5', '9', '5'], 'received', '9'],
      ['is a refusal after it was received', ['9', '103'], 'refused', '103'],
    ])('%s', async (_, codes, status, code) => {
      const id = randomUUID();
      const bodies = codes.map((delivery_status_code) => ({
        id,
        status: 'paid',
        paytype: 'card',
        external_id: 'P-1',
        amount: '100',
        delivery: { express_waybills: ['20450000000011'], delivery_status_code },
      }));
      await postAll(shop, bodies);
      const before = await parcelOf(database(), shop, id);
      expect(before).toMatchObject({ status, carrier_code: code });
      const { outcomes } = await ofSession(database(), shop, id);
      expect(outcomes).toHaveLength(codes.length);
      await replay({ projectId: shop.id, database: database() });
      expect(await parcelOf(database(), shop, id)).toEqual(before);
    });
  });

  it('cash on delivery is expected, collected and paid out', async () => {
    const id = randomUUID();
    const paid = { id, status: 'paid', paytype: 'cash_on_delivery', external_id: 'C-1', amount: '250' };
    const body = (code: unknown): Fields => ({ ...paid, delivery: { delivery_status_code: code as string } });
    const kinds = async (): Promise<unknown> => transactionsOfSession(database(), shop, id);
    await postAll(shop, [paid, body('5'), body('10')]);
    expect(await kinds()).toMatchObject([{ kind: 'expected', amount: '250' }]);
    await post(shop, body('11'), { now: after(600) });
    expect(await kinds()).toMatchObject([{ kind: 'payment', amount: '250', at: '2026-01-27 12:40' }]);
  });
});
