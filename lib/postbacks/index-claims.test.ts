import { expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import { indexClaims } from './index-claims';
import { after, altered, deliver, openShop, post, query, type Shop, sample } from './shop.testing';

function claims(database: Database, shop: Shop): Promise<unknown> {
  return query(
    database,
    `select outcome, claimed_invoice_id, claimed_order_id, claimed_status, claimed_amount, claimed_currency,
       claimed_search::text as search, xact::text as xact from postbacks where project_id = $1::uuid order by received_at, id`,
    [shop.id],
  );
}

everyDriver((database) => {
  it('What postbacks of version 0.1 claim is read from their bodies, once, as it is read at receipt', async () => {
    const shop = await openShop();
    const fields: Fields = { ...sample(shop, 'paid'), order_id: 'ORDER-770' };
    const { currency: _, ...incomplete } = fields;
    const signed = await shop.provider.sign(fields, shop.key, { now: after(0) });
    await deliver(shop, signed, { now: after(0) });
    await post(shop, fields, { now: after(1) });
    await deliver(shop, altered(signed, '"ORDER-770"', '"ORDER-771"'), { now: after(2) });
    await post(shop, incomplete, { now: after(3) });
    await post(shop, fields, { key: 'somebody else’s key, long enough to be one', now: after(4) });
    await deliver(shop, { body: '{"order_id":"B-1",}', headers: {} }, { now: after(5) });
    await deliver(shop, { body: 'no body that we know', headers: {} }, { now: after(6) });
    const received = await claims(database(), shop);
    await query(
      database(),
      `update postbacks set claimed_order_id = null, claimed_status = null, claimed_amount = null,
         claimed_currency = null, claimed_search = null where project_id = $1::uuid`,
      [shop.id],
    );
    await query(database(), 'delete from claims_index', []);
    expect(await indexClaims()).toBeGreaterThan(0);
    expect(await claims(database(), shop)).toEqual(received);
    expect(await indexClaims()).toBe(0);
  });
});
