import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { everyDriver } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import { search } from '@/lib/search/find';
import { accessOf } from '@/lib/staff/access.testing';
import { after, invoicesOf, ledger, openShop, post, query, sample, transactionsOf } from './shop.testing';

const HASH = '9f'.repeat(32);
const SESSION = '0b7a9f6e-5d1c-4f3a-9e2b-7c6d5e4f3a2b';

describe('Identity is compared by meaning', () => {
  everyDriver((database) => {
    const withDetails = (fields: Fields, details: Fields): Fields => ({
      ...fields,
      invoice_info: { ...(fields.invoice_info as Fields), ...details },
    });

    it('one hash in several spellings is one payment, shown as it came first and found in each', async () => {
      const shop = await openShop();
      const paid = sample(shop, 'paid');
      const spellings = [`0x${HASH}`, HASH, HASH.toUpperCase(), `0X${HASH.toUpperCase()}`];
      for (const [index, hash] of spellings.entries())
        await post(shop, withDetails(paid, { tx_list: [hash] }), { now: after(index) });
      expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '24.61' }]);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '24.61', attention: [] }]);
      const [row] = await query<{ tx_hashes: string[] }>(
        database(),
        'select tx_hashes from transactions where project_id = $1::uuid',
        [shop.id],
      );
      expect(row?.tx_hashes).toEqual([spellings[0]]);
      const access = accessOf({ staffId: randomUUID(), projects: [shop.id] });
      for (const hash of spellings) expect((await search(access, hash))[0]?.kind).toBe('hash');
      const bodies = (await ledger(database(), shop)).map((each) => each.has_body);
      expect(bodies).toEqual([true, true, true, true]);
    });

    it('a session whose id comes in both cases is one invoice', async () => {
      const shop = await openShop('novapay');
      const held = { ...sample(shop, 'card'), id: SESSION.toUpperCase(), status: 'holded' };
      await post(shop, held);
      await post(shop, { ...held, id: SESSION, status: 'paid' }, { now: after(1) });
      expect(await invoicesOf(database(), shop)).toMatchObject([{ provider_invoice_id: SESSION, status: 'paid' }]);
      expect(await transactionsOf(database(), shop)).toHaveLength(1);
    });

    it('a payment dated in the future is kept and marked, on the postback, the invoice and the payment', async () => {
      const shop = await openShop();
      await post(shop, withDetails(sample(shop, 'paid'), { date_finished: '2030-01-01 00:00:00' }));
      const [row] = await query<{ at: string; time_source: string }>(
        database(),
        `select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD') as at, time_source
           from transactions where project_id = $1::uuid`,
        [shop.id],
      );
      expect(row).toEqual({ at: '2030-01-01', time_source: 'provider_ahead' });
      expect(await invoicesOf(database(), shop)).toMatchObject([{ attention: ['time_ahead'] }]);
      expect(await ledger(database(), shop)).toMatchObject([
        { outcome: 'accepted', flags: [{ code: 'time_ahead', field: 'date_finished' }] },
      ]);
    });
  });
});
