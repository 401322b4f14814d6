import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { everyDriver } from '@/lib/db/testing';
import { topUp } from '@/lib/providers/cryptocloud-family';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import { believedRows, forgetBelieved, linkAgain } from './believed-rows.testing';
import { replay } from './replay';
import { replayCash } from './replay-cash';
import {
  after,
  altered,
  deliver,
  ledger,
  NOON,
  openShop,
  post,
  query,
  type Shop,
  sample,
  testKeyOf,
  withToken,
} from './shop.testing';
import { eventWithoutPeople } from './stored-event';

describe('Replay', () => {
  everyDriver((database) => {
    /** A shop's day: retries, twins, a top-up, an altered copy, people, parcels, refusals. */
    async function busyCryptoShop(): Promise<Shop> {
      const shop = await openShop();
      const first = { ...sample(shop, 'partial'), email: 'buyer@shop.example' };
      await post(shop, first);
      await post(shop, first, { now: after(1) });
      await post(shop, first, { format: 'form', now: after(2) });
      await post(shop, topUp(first, '14.11'), { now: after(3) });
      const signed = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: NOON });
      await deliver(shop, signed, { now: after(4) });
      await deliver(shop, altered(signed, '"amount_crypto":24.61', '"amount_crypto":1.5'), { now: after(5) });
      // Only at the receipt was it seen that this top-up came under a used token.
      const next = sample(shop, 'partial');
      const token = await signToken({ id: next.invoice_id, exp: NOON.getTime() / 1000 + 300 }, shop.key);
      await deliver(shop, withToken(next, token), { now: after(5) });
      await deliver(shop, withToken(topUp(next, '9000'), token), { now: after(5) });
      await post(shop, sample(shop, 'overpaid'), { key: await testKeyOf(database(), shop), now: after(6) });
      await post(shop, sample(shop, 'paid'), { key: 'k'.repeat(36), now: after(7) });
      await deliver(shop, { body: '{', headers: {} }, { now: after(8) });
      return shop;
    }

    async function busyNovaShop(): Promise<Shop> {
      const shop = await openShop('novapay');
      const paid = sample(shop, 'card');
      const parcel = (more: object) => ({ ...paid, delivery: { ...(paid.delivery as object), ...more } });
      await post(shop, { ...paid, status: 'holded' });
      await post(shop, paid, { now: after(1) });
      await post(shop, parcel({ express_waybills: ['20450012345678'] }), { now: after(2) });
      await post(shop, parcel({ ew_fail_reason: ['RecipientsPhone invalid format'] }), { now: after(3) });
      await post(shop, { ...paid, amount: '54.00' }, { now: after(4) });
      await post(shop, { ...paid, status: 'voided' }, { now: after(5) });
      await post(shop, sample(shop, 'payments'), { now: after(6) });
      return shop;
    }

    it('changes nothing where nothing is wrong', async () => {
      const shops = [await busyCryptoShop(), await busyNovaShop()];
      const before = await Promise.all(shops.map((shop) => believedRows(database(), shop)));
      const { replayed, changed } = await replay();
      expect(changed).toBe(0);
      expect(replayed).toBeGreaterThanOrEqual(11);
      expect(await Promise.all(shops.map((shop) => believedRows(database(), shop)))).toEqual(before);
    });

    it('makes the same rows from nothing, row for row', async () => {
      const shops = [await busyCryptoShop(), await busyNovaShop()];
      const before = await Promise.all(shops.map((shop) => believedRows(database(), shop)));
      expect(before.map((rows) => rows.invoices?.length)).toEqual([4, 2]);
      await forgetBelieved(database());
      const { changed } = await replay();
      await linkAgain(database());
      expect(changed).toBeGreaterThanOrEqual(6);
      expect(await Promise.all(shops.map((shop) => believedRows(database(), shop)))).toEqual(before);
      expect(await replay()).toMatchObject({ changed: 0 });
    });

    it('puts right what somebody changed by hand, and only that', async () => {
      const shop = await busyNovaShop();
      const before = await believedRows(database(), shop);
      const spoil = `update invoices set status = 'failed', state = jsonb_set(state::jsonb, '{status,word}', '"failed"')::json
                      where project_id = $1::uuid and id = (select min(id::text)::uuid from invoices where project_id = $1::uuid)`;
      await query(database(), spoil, [shop.id]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 1 });
      const repaired = await believedRows(database(), shop);
      expect(withoutVersions(repaired)).toEqual(withoutVersions(before));
    });

    it('keeps to the project and the period that it is given', async () => {
      const shop = await busyNovaShop();
      const kept = (await ledger(database(), shop)).filter((row) => row.position !== null).length;
      expect(await replay({ projectId: shop.id })).toEqual({ replayed: kept, changed: 0 });
      expect(await replay({ projectId: shop.id, since: after(6).toISOString() })).toEqual({ replayed: 1, changed: 0 });
      expect(await replay({ projectId: shop.id, until: NOON.toISOString() })).toEqual({ replayed: 0, changed: 0 });
    });

    it('uses the event where the bytes were erased', async () => {
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      await post(shop, fields);
      const before = await believedRows(database(), shop);
      const said = shop.provider.parse(fields);
      if (!said.ok) throw new Error('the sample can be read');
      await query(
        database(),
        'update postbacks set body = null, encryption_key_id = null, event = $2::json where project_id = $1::uuid',
        [shop.id, JSON.stringify({ ...said.event, people: {} })],
      );
      await forgetBelieved(database());
      await replay();
      await linkAgain(database());
      expect(await believedRows(database(), shop)).toEqual(before);
    });

    it('knows that cash was paid out where version 0.1 stored the event and the bytes were erased', async () => {
      const shop = await openShop('novapay');
      const fields = { ...sample(shop, 'cash-on-delivery'), delivery: { delivery_status_code: '11' } };
      await post(shop, fields);
      const before = await believedRows(database(), shop);
      expect(before.transactions).toMatchObject([{ kind: 'payment' }]);
      const said = shop.provider.parse(fields);
      if (!said.ok) throw new Error('the sample can be read');
      const delivery = { ...said.event.delivery, carrier: { code: '11', text: null, status: 'received' } };
      await query(
        database(),
        'update postbacks set body = null, encryption_key_id = null, event = $2::json where project_id = $1::uuid',
        [shop.id, JSON.stringify({ ...eventWithoutPeople(said.event), delivery })],
      );
      expect(await replay({ projectId: shop.id })).toEqual({ replayed: 1, changed: 0 });
      expect(await believedRows(database(), shop)).toEqual(before);
    });

    it('fills the column of cash on delivery where version 0.1 knew the rest, and calls nothing changed', async () => {
      const shop = await openShop('novapay');
      const plain = { id: randomUUID(), status: 'paid', paytype: 'cash_on_delivery', amount: '50' };
      await post(shop, plain);
      await post(shop, { ...plain, id: randomUUID(), delivery: { delivery_status_code: '103' } });
      const cash = () =>
        query(
          database(),
          `select cash_on_delivery as cash, array(select kind || ' ' || amount from transactions t where t.invoice_id = i.id) as rows
             from invoices i where project_id = $1::uuid order by 1`,
          [shop.id],
        );
      const right = [
        { cash: 'expected', rows: ['expected 50'] },
        { cash: 'refused', rows: [] },
      ];
      expect(await cash()).toEqual(right);
      await query(database(), 'update invoices set cash_on_delivery = null where project_id = $1::uuid', [shop.id]);
      await replayCash({ query: (text, parameters = []) => database().run({ name: null, text }, parameters) });
      expect(await cash()).toEqual(right);
      expect(await replay({ projectId: shop.id })).toEqual({ replayed: 2, changed: 0 });
    });
  });
});

function withoutVersions(rows: Record<string, readonly unknown[]>): unknown {
  return JSON.parse(JSON.stringify(rows, (name, value) => (name === 'version' ? undefined : value)));
}
