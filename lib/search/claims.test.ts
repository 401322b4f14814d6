import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { readTimeline } from '@/lib/invoices/timeline';
import { type LogRow, listLog, withFound } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { after, altered, deliver, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { searchClaims } from './claims';
import { search } from './find';

const staffId = '0b9f3c1e-0000-4000-8000-000000000001';
const HASH = `0x${'9f'.repeat(32)}`;
const OTHER_KEY = 'somebody else’s key, long enough to be one';

eachDatabase((database) => {
  let shop: Shop;
  let fields: Fields;
  const member = (role: Access['role'] = 'support'): Access => accessOf({ staffId, role, projects: [shop.id] });
  const log = async (access: Access, q: string, looked = true): Promise<readonly LogRow[]> => {
    const { filter } = postbackList.read({ q }, { zone: 'UTC', providers: [], projects: [] });
    return (await listLog(access, looked ? await withFound(access, filter) : filter)).rows;
  };

  beforeAll(async () => {
    shop = await openShop();
    fields = sample(shop, 'overpaid');
    const info = { ...(fields.invoice_info as Fields), tx_list: [HASH] };
    await post(shop, { ...fields, order_id: 'ORDER-770', invoice_info: info }, { key: OTHER_KEY, now: after(1) });
    const { currency: _, ...incomplete }: Fields = { ...sample(shop, 'paid'), order_id: '63001' };
    await post(shop, incomplete, { now: after(2) });
    const body = '{"order_id":"БРАК-7","invoice_id":"INV-ab12cd34","amount_crypto":"53.250",}';
    await deliver(shop, { body, headers: {} }, { now: after(3) });
  });

  describe('A postback that was refused, is incomplete or cannot be read', () => {
    it.each([
      ['ORDER-770', 'refused'],
      ['order #770', 'refused'],
      [HASH, 'refused'],
      [HASH.slice(2).toUpperCase(), 'refused'],
      [`https://etherscan.io/tx/${HASH}`, 'refused'],
      ['63001', 'incomplete'],
      ['Order #63001.', 'incomplete'],
      ['брак-7', 'unreadable'],
      ['ab12cd34', 'unreadable'],
      ['https://pay.cryptocloud.plus/AB12CD34', 'unreadable'],
      ['53,25 USDT', 'unreadable'],
    ])('is found by %s: %s', async (text, outcome) => {
      for (const access of [member('support'), accessOf({ staffId })]) {
        const { hits } = await searchClaims(access, text, new Set());
        expect(hits.filter(({ project }) => project === 'Shop').map((hit) => hit.outcome)).toContain(outcome);
      }
      expect((await searchClaims(member(), text, new Set())).hits.map((hit) => hit.outcome)).toEqual([outcome]);
      expect((await log(member(), text)).map((row) => row.outcome)).toEqual([outcome]);
      expect((await log(member(), text, false)).map((row) => row.outcome)).toEqual([outcome]);
    });

    it('says what it claims, and is in no invoice', async () => {
      const [row] = await log(member(), 'ORDER-770');
      expect(row).toMatchObject({
        orderId: 'ORDER-770',
        claimedInvoiceId: fields.invoice_id,
        claimedStatus: 'overpaid',
        claimedAmount: fields.amount_crypto,
        claimedCurrency: fields.currency,
        invoiceId: null,
      });
      expect(await search(accessOf({ staffId, projects: [shop.id] }), 'ORDER-770')).toEqual([]);
    });

    it('is for those who may see the log, and for the projects they see', async () => {
      for (const access of [member('accountant'), accessOf({ staffId, role: 'support', projects: [] })]) {
        expect((await searchClaims(access, 'ORDER-770', new Set())).hits).toEqual([]);
        expect(await log(access, 'ORDER-770')).toEqual([]);
      }
    });

    it('is not found by what no postback claims, and by no sign of the text', async () => {
      for (const text of ['ORDER-7700', "zzz' | 'o", '', '   '])
        expect((await searchClaims(member(), text, new Set())).hits).toEqual([]);
    });
  });

  it('A conflict is found by the order that it claims, where its invoice is not', async () => {
    const known: Fields = { ...sample(shop, 'paid'), order_id: 'KNOWN-1' };
    const signed = await shop.provider.sign(known, shop.key, { now: after(10) });
    await deliver(shop, signed, { now: after(10) });
    await deliver(shop, altered(signed, '"KNOWN-1"', '"OTHER-2"'), { now: after(11) });
    const { hits } = await searchClaims(member(), 'OTHER-2', new Set());
    expect(hits).toMatchObject([{ outcome: 'contradiction', claimedOrderId: 'OTHER-2' }]);
    const [invoice] = (await search(member(), 'KNOWN-1')).flatMap((group) => group.hits);
    expect((await searchClaims(member(), 'OTHER-2', new Set([invoice?.id ?? '']))).hits).toEqual([]);
    expect((await log(member(), 'OTHER-2')).map(({ outcome }) => outcome)).toEqual(['contradiction']);
  });

  it('The timeline of an invoice has what claims it or its order, and says which', async () => {
    const known: Fields = { ...sample(shop, 'paid'), order_id: 'LINE-1' };
    await post(shop, known, { now: after(20) });
    await post(shop, { ...known, amount_crypto: '1' }, { key: OTHER_KEY, now: after(21) });
    const { invoice_id: _, invoice_info: __, ...nameless }: Fields = known;
    await post(shop, nameless, { now: after(22) });
    await deliver(
      shop,
      { body: `{"invoice_id":"${known.invoice_id}","status":"paid",}`, headers: {} },
      { now: after(23) },
    );
    await post(shop, { ...sample(shop, 'paid'), order_id: 'LINE-2' }, { key: OTHER_KEY, now: after(24) });
    const text = `select id::text as id from invoices where project_id = $1::uuid and order_id = 'LINE-1'`;
    const [row] = await query<{ id: string }>(database(), text, [shop.id]);
    const { entries } = await readTimeline(member(), row?.id ?? '', null);
    expect(entries).toMatchObject([
      { kind: 'refusal', outcome: 'unreadable', claimedInvoiceId: known.invoice_id, claimedOrderId: null },
      { kind: 'refusal', outcome: 'incomplete', claimedInvoiceId: null, claimedOrderId: 'LINE-1' },
      { kind: 'refusal', outcome: 'refused', claimedInvoiceId: known.invoice_id, claimedAmount: '1' },
      { kind: 'message', outcome: 'accepted' },
    ]);
  });
});
