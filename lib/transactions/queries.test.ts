import { beforeAll, describe, expect, it } from 'vitest';
import type { Cursor } from '@/lib/cursor';
import { COUNTED } from '@/lib/db/counts';
import { eachDatabase } from '@/lib/db/testing';
import { fillProject } from '@/lib/invoices/history.testing';
import { add, compare } from '@/lib/money';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { isAscending, isByAmount, SORTS, type Sort } from '@/lib/sort';
import { accessOf } from '@/lib/staff/access.testing';
import { countKinds, findInvoiceOf, hasTransactions, listTransactions, type TransactionListRow } from './queries';
import { TRANSACTION_KINDS } from './status';
import { sumTransactions } from './totals';
import { type TransactionFilter, transactionList } from './transaction-list';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const owner = accessOf({ staffId: STAFF_ID });

function filterOf(shop: Shop | null, change: Partial<TransactionFilter> = {}): TransactionFilter {
  const { filter } = transactionList.read({}, { zone: 'UTC', providers: [], projects: [] });
  return { ...filter, project: shop?.id ?? null, ...change };
}

async function everyPage(filter: TransactionFilter, between = async () => {}): Promise<readonly TransactionListRow[]> {
  const seen: TransactionListRow[] = [];
  let after: Cursor | null = null;
  do {
    const page = await listTransactions(owner, { ...filter, after });
    if (seen.length === 0) await between();
    seen.push(...page.rows);
    after = page.next;
  } while (after);
  return seen;
}

function isInOrder(rows: readonly TransactionListRow[], sort: Sort): boolean {
  return rows.every((row, place) => {
    const next = rows[place + 1];
    if (!next) return true;
    const times = row.occurredAt < next.occurredAt ? -1 : row.occurredAt > next.occurredAt ? 1 : 0;
    const order = isByAmount(sort) ? compare(row.amount, next.amount) : times;
    return order === 0 ? row.id < next.id === isAscending(sort) : order < 0 === isAscending(sort);
  });
}

eachDatabase((database) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    await fillProject(database(), shop.id, 220);
  });

  describe.each(SORTS)('transactions sorted by %s', (sort) => {
    it.each<Partial<TransactionFilter>>([
      {},
      { from: '2026-01-10', to: '2026-02-15' },
      { test: 'only' },
      { kind: ['refund', 'top_up'] },
    ])('are each there once and in order, for %j', async (change) => {
      const rows = await everyPage(filterOf(shop, { ...change, sort }));
      const { from, to, test, kind } = change;
      const there = await query<{ id: string }>(
        database(),
        `select id::text as id from transactions where project_id = $1::uuid and (is_test or $2::text <> 'only')
             and kind = any(string_to_array($3::text, ',')) and occurred_at >= $4::timestamptz and occurred_at < $5::timestamptz`,
        [
          shop.id,
          test ?? '',
          (kind ?? TRANSACTION_KINDS).join(),
          `${from ?? '1000-01-01'} 00:00Z`,
          `${to ?? '3000-01-01'} 00:00Z`,
        ],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ id }) => id).sort()).toEqual(there.map(({ id }) => id).sort());
      expect(isInOrder(rows, sort)).toBe(true);
    });

    it('keep their further pages while others arrive', async () => {
      const other = await openShop();
      await fillProject(database(), other.id, 160);
      const before = await everyPage(filterOf(other, { sort }));
      const after = await everyPage(filterOf(other, { sort }), async () => {
        await query(
          database(),
          `insert into transactions (id, invoice_id, project_id, kind, amount, tx_hashes, is_test, occurred_at, time_source)
           select gen_random_uuid(), id, project_id, 'payment', a, '{}', false, at, 'receipt' from invoices,
             (values (99999, timestamptz '2031-01-01'), (-99999, timestamptz '2020-01-01')) v(a, at)
           where project_id = $1::uuid and provider_invoice_id = 'N2'`,
          [other.id],
        );
      });
      const known = new Set(before.map(({ id }) => id));
      expect(after.map(({ id }) => id).filter((id) => known.has(id))).toEqual(before.map(({ id }) => id));
    });
  });

  it('are counted by kind, whichever is chosen, and no further than a chip tells', async () => {
    const counts = await countKinds(owner, filterOf(shop, { kind: ['refund'] }));
    for (const kind of TRANSACTION_KINDS) {
      const there = await everyPage(filterOf(shop, { kind: [kind] }));
      expect(counts.get(kind), kind).toEqual({ count: there.length, more: false });
    }
    const crowd = await openShop();
    await fillProject(database(), crowd.id, 1);
    await query(
      database(),
      `insert into transactions (id, invoice_id, project_id, kind, amount, tx_hashes, is_test, occurred_at, time_source)
       select gen_random_uuid(), id, project_id, 'top_up', 1, '{}', false, now(), 'receipt' from invoices, generate_series(1, 1005)
       where project_id = $1::uuid`,
      [crowd.id],
    );
    expect((await countKinds(owner, filterOf(null))).get('top_up')).toEqual({ count: COUNTED, more: true });
    expect((await countKinds(owner, filterOf(crowd))).get('top_up')).toEqual({ count: COUNTED, more: true });
  });

  it('are added up for a short period or one page, each currency alone, without tests and expected cash', async () => {
    const filter = filterOf(shop, { from: '2026-01-10', to: '2026-02-10' });
    const rows = (await everyPage(filter)).filter(({ kind, isTest }) => kind !== 'expected' && !isTest);
    const sum = rows.reduce((total, { amount }) => add(total, amount), '0');
    const [total, ...others] = (await sumTransactions(owner, filter)) ?? [];
    expect([total?.unit, others]).toEqual(['UAH', []]);
    expect(compare(total?.amount ?? '0', sum)).toBe(0);
    expect(await sumTransactions(owner, filterOf(shop))).toBe(null);
    const [first] = rows;
    expect(await sumTransactions(owner, filterOf(shop), [first?.id ?? ''])).toEqual([
      { unit: 'UAH', amount: first?.amount },
    ]);
  });

  it('are shown to those who were given their project, and to nobody else', async () => {
    const mine = await openShop();
    const other = await openShop();
    await post(mine, sample(mine, 'paid'));
    await post(other, sample(other, 'paid'));
    const some = accessOf({ staffId: STAFF_ID, role: 'support', projects: [mine.id] });
    const { rows } = await listTransactions(some, filterOf(null));
    expect(rows.map(({ project, provider }) => [project, provider])).toEqual([['Shop', 'cryptocloud']]);
    expect((await listTransactions(some, filterOf(other))).rows).toEqual([]);
    expect([...(await countKinds(some, filterOf(null)))]).toEqual([['payment', { count: 1, more: false }]]);
    const [theirs] = (await listTransactions(owner, filterOf(other))).rows;
    expect(await findInvoiceOf(some, theirs?.id ?? '')).toBe(null);
    expect(await findInvoiceOf(owner, theirs?.id ?? '')).toBe(theirs?.invoiceId);
    expect(await hasTransactions(some)).toBe(true);
    expect(await hasTransactions(accessOf({ staffId: STAFF_ID, role: 'support', projects: [] }))).toBe(false);
  });

  it('are found by what is known of their invoice', async () => {
    const mine = await openShop();
    const fields: Fields = { ...sample(mine, 'paid'), order_id: 'ЗАМ-77' };
    await post(mine, fields);
    await post(mine, sample(mine, 'paid'));
    const { rows } = await listTransactions(owner, filterOf(mine, { q: 'зам-77' }));
    expect(rows.map(({ providerInvoiceId }) => providerInvoiceId)).toEqual([fields.invoice_id]);
  });
});
