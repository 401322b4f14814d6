import { describe, expect, it } from 'vitest';
import { everyDriver } from '@/lib/db/testing';
import { topUp } from '@/lib/providers/cryptocloud-family';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import {
  after,
  altered,
  deliver,
  invoicesOf,
  ledger,
  NOON,
  openShop,
  post,
  RECEIVED,
  sample,
  testKeyOf,
  transactionsOf,
  withToken,
} from './shop.testing';

describe('What a postback becomes', () => {
  everyDriver((database) => {
    describe('the first of its content', () => {
      it('is accepted, and the invoice, its money and the timeline are there when it is answered', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        expect(await post(shop, fields)).toMatchObject({ status: 200, body: RECEIVED });
        const [row, ...others] = await ledger(database(), shop);
        expect(others).toEqual([]);
        expect(row).toMatchObject({
          outcome: 'accepted',
          reason: null,
          answer_status: 200,
          verified: 'jwt',
          position: 1000,
        });
        expect(row).toMatchObject({ duplicate_of: null, duplicates: 0, has_body: true, flags: [] });
        expect(await invoicesOf(database(), shop)).toEqual([
          {
            provider_invoice_id: fields.invoice_id,
            status: 'paid',
            amount: '24.61',
            order_id: fields.order_id,
            is_test: false,
            test_mode_known: true,
            attention: [],
            version: 1,
          },
        ]);
        expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '24.61' }]);
      });
    });

    describe('a retry: a new token, the same content', () => {
      it('is a row without a body that points to the first, and nothing counts twice', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        await post(shop, fields);
        expect(await post(shop, fields, { now: after(60) })).toMatchObject({ status: 200, body: RECEIVED });
        const [first, copy] = await ledger(database(), shop);
        expect(first).toMatchObject({ outcome: 'accepted', duplicates: 1 });
        expect(copy).toMatchObject({ outcome: 'duplicate', duplicate_of: first?.id, has_body: false, position: null });
        expect(await transactionsOf(database(), shop)).toHaveLength(1);
        expect((await invoicesOf(database(), shop))[0]?.version).toBe(1);
      });

      it('of a later postback points to that one, not to the invoice’s first', async () => {
        const shop = await openShop();
        const first = sample(shop, 'partial');
        const second = topUp(first, '14.11');
        await post(shop, first);
        await post(shop, second, { now: after(1) });
        await post(shop, second, { now: after(2) });
        const [, later, copy] = await ledger(database(), shop);
        expect(copy).toMatchObject({ outcome: 'duplicate', duplicate_of: later?.id, has_event: false });
      });

      it('is only counted past a hundred of one first', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        await post(shop, fields);
        for (let copies = 0; copies < 107; copies += 1) await post(shop, fields, { now: after(copies + 1) });
        const [first, ...copies] = await ledger(database(), shop);
        expect(first?.duplicates).toBe(107);
        expect(copies).toHaveLength(100);
        expect(new Set(copies.map((row) => row.outcome))).toEqual(new Set(['duplicate']));
      });

      it('is marked where it may be a second transfer to a static wallet', async () => {
        const shop = await openShop();
        const { invoice_info: details, ...flat } = sample(shop, 'static-wallet');
        expect(details).toBeDefined();
        await post(shop, flat);
        await post(shop, flat, { now: after(60) });
        expect((await ledger(database(), shop))[1]).toMatchObject({
          outcome: 'duplicate',
          reason: 'retry_or_second_transfer',
        });
      });
    });

    describe('the form twin', () => {
      it('of a JSON body says nothing new', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'paid');
        await post(shop, fields);
        expect(await post(shop, fields, { format: 'form', now: after(1) })).toMatchObject({
          status: 200,
          body: RECEIVED,
        });
        const [first, twin] = await ledger(database(), shop);
        expect(twin).toMatchObject({ outcome: 'duplicate', duplicate_of: first?.id, flags: [{ code: 'no_details' }] });
        expect(await transactionsOf(database(), shop)).toHaveLength(1);
      });

      it('that comes first is completed by the JSON body', async () => {
        const shop = await openShop();
        const fields = sample(shop, 'test-mode');
        await post(shop, fields, { format: 'form' });
        expect(await invoicesOf(database(), shop)).toMatchObject([
          { status: 'paid', is_test: false, test_mode_known: false },
        ]);
        await post(shop, fields, { now: after(1) });
        expect((await ledger(database(), shop)).map((row) => row.outcome)).toEqual(['accepted', 'accepted']);
        expect(await invoicesOf(database(), shop)).toMatchObject([
          { status: 'paid', is_test: true, test_mode_known: true },
        ]);
        expect(await transactionsOf(database(), shop)).toHaveLength(1);
      });
    });

    it('tells a top-up by its further hash: a second transaction of the difference', async () => {
      const shop = await openShop();
      const first = sample(shop, 'partial');
      await post(shop, first);
      await post(shop, topUp(first, '14.11'), { now: after(60) });
      expect((await ledger(database(), shop)).map((row) => row.outcome)).toEqual(['accepted', 'accepted']);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ status: 'paid', amount: '24.61', attention: [] }]);
      const transactions = await transactionsOf(database(), shop);
      expect(transactions.map((row) => `${row.kind} ${row.amount}`).sort()).toEqual(['payment 10.5', 'top_up 14.11']);
    });

    describe('the same token with another amount', () => {
      it('is kept and flagged, and what is known stays', async () => {
        const shop = await openShop();
        const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: after(0) });
        await deliver(shop, signed);
        const forged = altered(signed, '"amount_crypto":24.61', '"amount_crypto":9924.61');
        expect(await deliver(shop, forged, { now: after(5) })).toMatchObject({ status: 200, body: RECEIVED });
        const rows = await ledger(database(), shop);
        expect(rows[1]).toMatchObject({
          outcome: 'contradiction',
          reason: 'same_token',
          reason_field: 'amount_crypto',
        });
        expect(rows[1]).toMatchObject({ has_body: true, position: 2000, answer_status: 200 });
        expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '24.61', attention: ['contradiction'] }]);
        expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '24.61' }]);
      });

      it('is not believed when it looks like a top-up, and is a duplicate when it comes again', async () => {
        const shop = await openShop();
        const first = sample(shop, 'partial');
        const token = await signToken({ id: first.invoice_id, exp: NOON.getTime() / 1000 + 300 }, shop.key);
        const forged = topUp(first, '9000');
        await deliver(shop, withToken(first, token));
        await deliver(shop, withToken(forged, token), { now: after(5) });
        await deliver(shop, withToken(forged, token), { now: after(6) });
        const rows = await ledger(database(), shop);
        expect(rows.map((row) => row.outcome)).toEqual(['accepted', 'contradiction', 'duplicate']);
        expect(rows[2]?.duplicate_of).toBe(rows[1]?.id);
        expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '10.5' }]);
      });

      it('is seen too when both arrive at once', async () => {
        const shop = await openShop();
        const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: after(0) });
        const forged = altered(signed, '"amount_crypto":24.61', '"amount_crypto":9924.61');
        await Promise.all([deliver(shop, signed), deliver(shop, forged)]);
        const outcomes = (await ledger(database(), shop)).map((row) => row.outcome);
        expect(outcomes.sort()).toEqual(['accepted', 'contradiction']);
        expect(await transactionsOf(database(), shop)).toHaveLength(1);
      });
    });

    it('lets a test postback, which another key signed, swallow no real payment', async () => {
      const shop = await openShop('novapay');
      const fields = sample(shop, 'paid');
      await post(shop, fields, { key: await testKeyOf(database(), shop) });
      await post(shop, fields, { now: after(1) });
      expect((await ledger(database(), shop)).map((row) => row.outcome)).toEqual(['accepted', 'accepted']);
      const invoices = await invoicesOf(database(), shop);
      expect(invoices.map((invoice) => invoice.is_test).sort()).toEqual([false, true]);
    });
  });
});
