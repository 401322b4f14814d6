import { beforeAll, describe, expect, it } from 'vitest';
import type { Cursor } from '@/lib/cursor';
import { COUNTED } from '@/lib/db/counts';
import { eachDatabase } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import { isAscending, TIME_SORTS } from '@/lib/sort';
import { accessOf } from '@/lib/staff/access.testing';
import { countLog, type LogRow, listLog } from './log';
import { type PostbackFilter, postbackList } from './postback-list';
import { openShop, post, query, type Shop, sample } from './shop.testing';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const owner = accessOf({ staffId: STAFF_ID });

function filterOf(shop: Shop | null, change: Partial<PostbackFilter> = {}): PostbackFilter {
  const { filter } = postbackList.read({}, { zone: 'UTC', providers: [], projects: [] });
  return { ...filter, project: shop?.id ?? null, ...change };
}

async function everyPage(filter: PostbackFilter, between = async () => {}): Promise<readonly LogRow[]> {
  const seen: LogRow[] = [];
  let after: Cursor | null = null;
  do {
    const page = await listLog(owner, { ...filter, after });
    if (seen.length === 0) await between();
    seen.push(...page.rows);
    after = page.next;
  } while (after);
  return seen;
}

eachDatabase((database) => {
  const fill = (shop: Shop, count: number, from = '2026-01-01'): Promise<unknown> =>
    query(
      database(),
      `insert into postbacks (id, project_id, received_at, outcome, answer_status, signer, body_size)
       select gen_random_uuid(), $1::uuid, $3::timestamptz + (n / 9) * interval '1 microsecond',
         case when n % 3 = 0 then 'refused' else 'accepted' end, 200, case when n % 5 = 0 then 'test' when n % 3 <> 0 then 'live' end, 1
       from generate_series(1, $2::int) n`,
      [shop.id, String(count), `${from} 00:00Z`],
    );
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    await fill(shop, 130);
  });

  describe.each(TIME_SORTS)('the log sorted by %s', (sort) => {
    it.each([{}, { outcome: ['refused'] }, { test: 'only' }, { from: '2026-01-01', to: '2026-01-02' }] as const)(
      'holds every row once and in order, though many share their moment, for %j',
      async (change) => {
        const rows = await everyPage(filterOf(shop, { ...change, sort }));
        const numbers = Array.from({ length: 130 }, (_, index) => index + 1);
        const there = numbers
          .filter((n) => !('outcome' in change) || n % 3 === 0)
          .filter((n) => !('test' in change) || n % 5 === 0);
        expect(rows).toHaveLength(there.length);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(there.length);
        const keys = rows.map(({ receivedAt, id }) => `${receivedAt} ${id}`);
        expect(keys).toEqual(isAscending(sort) ? [...keys].sort() : [...keys].sort().reverse());
      },
    );

    it('keeps its further pages while postbacks arrive', async () => {
      const other = await openShop();
      await fill(other, 120);
      const before = await everyPage(filterOf(other, { sort }));
      const after = await everyPage(filterOf(other, { sort }), async () => {
        await fill(other, 3, '2020-01-01');
        await fill(other, 3, '2031-01-01');
      });
      const known = new Set(before.map(({ id }) => id));
      expect(after.map(({ id }) => id).filter((id) => known.has(id))).toEqual(before.map(({ id }) => id));
    });
  });

  it('tells test postbacks from the others; what nobody signed is none', async () => {
    const only = await everyPage(filterOf(shop, { test: 'only' }));
    const exclude = await everyPage(filterOf(shop, { test: 'exclude' }));
    expect(only.every(({ signer }) => signer === 'test')).toBe(true);
    expect(exclude.some(({ signer }) => signer === null)).toBe(true);
    expect(only.length + exclude.length).toBe(130);
  });

  it('counts outcomes, whichever is chosen, no further than a chip tells', async () => {
    const counts = await countLog(owner, filterOf(shop, { outcome: ['refused'] }));
    expect([...counts]).toEqual([
      ['accepted', { count: 87, more: false }],
      ['refused', { count: 43, more: false }],
    ]);
    const crowd = await openShop();
    await fill(crowd, 1600);
    expect((await countLog(owner, filterOf(null))).get('accepted')).toEqual({ count: COUNTED, more: true });
    expect((await countLog(owner, filterOf(crowd))).get('refused')?.more).toBe(true);
  });

  it('is found by what is known of the invoice, and is nothing for an accountant or another project', async () => {
    const mine = await openShop();
    const fields: Fields = { ...sample(mine, 'paid'), order_id: 'ЗАМ-78' };
    await post(mine, fields);
    await post(mine, { ...fields, status: 'nonsense' }, { key: 'another key, of thirty-six characters' });
    const { rows } = await listLog(owner, filterOf(mine, { q: `INV-${fields.invoice_id}` }));
    // The refused one by what it claims.
    expect(rows.map((row) => row.providerInvoiceId ?? row.claimedInvoiceId)).toEqual([
      fields.invoice_id,
      fields.invoice_id,
    ]);
    expect((await listLog(owner, filterOf(mine, { q: 'зам-78' }))).rows).toHaveLength(2);
    const accountant = accessOf({ staffId: STAFF_ID, role: 'accountant' });
    expect((await listLog(accountant, filterOf(mine))).rows).toEqual([]);
    expect((await countLog(accountant, filterOf(mine))).size).toBe(0);
    const support = accessOf({ staffId: STAFF_ID, role: 'support', projects: [shop.id] });
    expect((await listLog(support, filterOf(mine))).rows).toEqual([]);
  });
});
