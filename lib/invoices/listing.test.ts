import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cursor } from '@/lib/cursor';
import { COUNTED } from '@/lib/db/counts';
import { invoices } from '@/lib/db/schema';
import { eachDatabase } from '@/lib/db/testing';
import { compare } from '@/lib/money';
import { openShop, query, type Shop } from '@/lib/postbacks/shop.testing';
import { isAscending, isByAmount, SORTS, type Sort } from '@/lib/sort';
import { accessOf } from '@/lib/staff/access.testing';
import { matching } from './conditions';
import { countStatuses } from './counts';
import { fillProject } from './history.testing';
import { type InvoiceFilter, invoiceList } from './invoice-list';
import { type InvoiceRow, listInvoices } from './queries';
import { INVOICE_STATUSES } from './status';
import { sumReceived } from './totals';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const owner = accessOf({ staffId: STAFF_ID });
const PERIODS = [
  { from: null, to: null },
  { from: '2026-01-20', to: '2026-01-21' },
  { from: '2026-01-10', to: '2026-02-05' },
  { from: '2026-01-05', to: '2027-01-01' },
  { from: '2026-02-01', to: null },
  { from: null, to: '2026-01-15' },
  { from: '2030-01-01', to: '2030-02-01' },
] as const;
const OTHERWISE: readonly Partial<InvoiceFilter>[] = [
  {},
  { status: ['paid', 'overpaid'] },
  { status: ['created'] },
  { status: ['voided', 'expired'] },
  { test: 'only' },
  { test: 'exclude', min: '1.5', max: '6' },
];

function filterOf(shop: Shop, change: Partial<InvoiceFilter> = {}): InvoiceFilter {
  const { filter } = invoiceList.read({}, { zone: 'Europe/Kyiv', providers: [], projects: [] });
  return { ...filter, project: shop.id, ...change };
}

/** Page after page, with something done between the first and the second. */
async function everyPage(filter: InvoiceFilter, between = async () => {}): Promise<readonly InvoiceRow[]> {
  const seen: InvoiceRow[] = [];
  let after: Cursor | null = null;
  do {
    const page = await listInvoices(owner, { ...filter, after });
    if (seen.length === 0) await between();
    seen.push(...page.rows);
    after = page.next;
  } while (after);
  return seen;
}

function isInOrder(rows: readonly InvoiceRow[], sort: Sort): boolean {
  const key = (row: InvoiceRow): string => row.at;
  const way = isAscending(sort) ? 1 : -1;
  return rows.every((row, place) => {
    const next = rows[place + 1];
    if (!next) return true;
    const [a, b] = [key(row), key(next)];
    const order = isByAmount(sort) ? compare(a, b) : a < b ? -1 : a > b ? 1 : 0;
    return order === 0 ? row.id < next.id === isAscending(sort) : order === way * -1;
  });
}

eachDatabase((database) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    await fillProject(database(), shop.id, 180);
  });

  /** By the one condition that exports use too, read whole. */
  async function matchingIds(filter: InvoiceFilter): Promise<readonly string[]> {
    const rows = await database()
      .orm.select({ id: invoices.id })
      .from(invoices)
      .where(and(eq(invoices.projectId, shop.id), matching(owner, filter)));
    return rows.map(({ id }) => id).sort();
  }

  describe.each(SORTS)('sorted by %s', (sort) => {
    it.each(PERIODS)('from $from to $to every page together holds what matches, once and in order', async (period) => {
      for (const change of OTHERWISE) {
        const filter = filterOf(shop, { ...period, ...change, sort });
        const rows = await everyPage(filter);
        const ids = rows.map(({ id }) => id);
        expect([...ids].sort(), JSON.stringify(change)).toEqual(await matchingIds(filter));
        expect(isInOrder(rows, sort), JSON.stringify(change)).toBe(true);
      }
    });

    it('keeps its further pages while rows arrive', async () => {
      const other = await openShop();
      await fillProject(database(), other.id, 120);
      const before = await everyPage(filterOf(other, { sort }));
      const after = await everyPage(filterOf(other, { sort }), async () => {
        // Before the first of the first page, whichever way the list runs.
        await query(
          database(),
          `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known, amount,
             created_at, updated_at, search, version, state)
           select gen_random_uuid(), $1::uuid, 'LATE' || n, 'live', 'created', 'x', false, true, case when n = 1 then 99999 else 0 end,
             case when n = 1 then timestamptz '2031-01-01' else timestamptz '2020-01-01' end, now(), '', 1, '{}'
           from generate_series(1, 2) n`,
          [other.id],
        );
      });
      const known = new Set(before.map(({ id }) => id));
      expect(after.map(({ id }) => id).filter((id) => known.has(id))).toEqual(before.map(({ id }) => id));
    });
  });

  it('shows within a period the time of the transaction by which a row lies there', async () => {
    const rows = await everyPage(filterOf(shop, { from: '2026-01-20', to: '2026-01-21', tz: 'UTC' }));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every(({ at }) => at.startsWith('2026-01-20'))).toBe(true);
    expect(rows.some(({ createdAt }) => !createdAt.startsWith('2026-01-20'))).toBe(true);
  });

  it('places an invoice with several transactions in a period by the one that comes first in the order', async () => {
    const atOf = async (sort: Sort): Promise<string | undefined> => {
      const rows = await everyPage(filterOf(shop, { from: '2026-01-01', to: '2026-03-01', sort }));
      return rows.find(({ providerInvoiceId }) => providerInvoiceId === 'N1')?.at;
    };
    expect(await atOf('newest')).toBe('2026-01-22T10:00:00.654321Z');
    expect(await atOf('oldest')).toBe('2026-01-02T10:00:00.654321Z');
  });

  it('shows members of several projects what they were given, merged in order', async () => {
    const second = await openShop();
    await fillProject(database(), second.id, 30);
    const some = accessOf({ staffId: STAFF_ID, role: 'support', projects: [shop.id, second.id] });
    const { rows } = await listInvoices(some, { ...filterOf(shop), project: null });
    expect(isInOrder(rows, 'newest')).toBe(true);
    const alone = accessOf({ staffId: STAFF_ID, role: 'support', projects: [second.id] });
    expect((await listInvoices(alone, { ...filterOf(shop), project: null })).rows).toHaveLength(30);
    expect((await listInvoices(alone, filterOf(shop))).rows).toEqual([]);
    const nobody = accessOf({ staffId: STAFF_ID, role: 'support', projects: [] });
    expect((await listInvoices(nobody, { ...filterOf(shop), project: null })).rows).toEqual([]);
    expect((await countStatuses(nobody, { ...filterOf(shop), project: null })).size).toBe(0);
  });

  it('lists the projects of one provider', async () => {
    const novapay = await openShop('novapay');
    await fillProject(database(), novapay.id, 3);
    const { rows } = await listInvoices(owner, { ...filterOf(novapay), project: null, provider: 'novapay' });
    expect(rows.map(({ provider }) => provider)).toEqual(['novapay', 'novapay', 'novapay']);
    const counts = await countStatuses(owner, { ...filterOf(novapay), project: null, provider: 'novapay' });
    expect([...counts.values()].reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect((await listInvoices(owner, { ...filterOf(novapay), project: null, provider: 'trybit' })).rows).toEqual([]);
  });

  describe('counts', () => {
    it.each(PERIODS)('from $from to $to are those of the list with that status', async (period) => {
      const filter = filterOf(shop, period);
      const counts = await countStatuses(owner, { ...filter, status: ['paid'] });
      for (const status of INVOICE_STATUSES) {
        const there = (await matchingIds({ ...filter, status: [status] })).length;
        expect(counts.get(status)?.count ?? 0, status).toBe(there);
        expect(counts.get(status)?.more ?? false, status).toBe(false);
      }
    });

    it('go no further than a chip tells, with and without a filter', async () => {
      const crowd = await openShop();
      await query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known, created_at,
           updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'C' || n, 'live', case when n > 1100 then 'failed' else 'processing' end, 'x', false, true,
           timestamptz '2027-01-01' - n * interval '1 second', now(), '', 1, '{}' from generate_series(1, 1110) n`,
        [crowd.id],
      );
      const all = await countStatuses(owner, { ...filterOf(crowd), project: null });
      expect(all.get('processing')).toEqual({ count: COUNTED, more: true });
      expect(all.get('failed')).toEqual({ count: 10, more: false });
      const ofProject = await countStatuses(owner, filterOf(crowd));
      expect(ofProject.get('processing')).toEqual({ count: COUNTED, more: true });
      // Beyond the newest that are looked at: there may be some, and nobody says how many.
      expect(ofProject.get('failed')).toEqual({ count: 0, more: true });
      const inPeriod = await countStatuses(owner, filterOf(crowd, { from: '2026-12-01', to: '2027-01-02' }));
      expect(inPeriod.get('processing')).toEqual({ count: COUNTED, more: true });
    });
  });

  describe('totals', () => {
    it('are those of a short period, of its transactions alone and without test money', async () => {
      const filter = filterOf(shop, { from: '2026-01-10', to: '2026-02-05' });
      const sumOf = (where: string): Promise<{ sum: string }[]> =>
        query(
          database(),
          `select sum(t.amount)::text as sum from transactions t join invoices i on i.id = t.invoice_id
           where t.project_id = $1::uuid and not t.is_test and t.kind <> 'expected' and ${where}
             and t.occurred_at >= timestamptz '2026-01-10 00:00 Europe/Kyiv' and t.occurred_at < timestamptz '2026-02-05 00:00 Europe/Kyiv'`,
          [shop.id],
        );
      const [everything] = await sumOf('true');
      const [overpaid] = await sumOf(`i.status = 'overpaid'`);
      expect(await sumReceived(owner, filter)).toEqual([{ unit: 'UAH', amount: everything?.sum }]);
      expect(await sumReceived(owner, { ...filter, status: ['overpaid'] })).toEqual([
        { unit: 'UAH', amount: overpaid?.sum },
      ]);
      expect(await sumReceived(owner, { ...filter, status: ['failed'] })).toEqual([]);
      expect(await sumReceived(owner, { ...filter, test: 'only' })).toEqual([]);
    });

    it('are not made for a long period, unless the list fits one page', async () => {
      const long = filterOf(shop, { from: '2026-01-01', to: '2026-12-31' });
      expect(await sumReceived(owner, long)).toBe(null);
      expect(await sumReceived(owner, filterOf(shop))).toBe(null);
      const [row] = await database()
        .orm.select({ id: invoices.id })
        .from(invoices)
        .where(and(eq(invoices.projectId, shop.id), sql`provider_invoice_id = 'N10'`));
      expect(await sumReceived(owner, filterOf(shop), [row?.id ?? ''])).toEqual([{ unit: 'UAH', amount: '4.5' }]);
      expect(await sumReceived(owner, filterOf(shop), [])).toEqual([]);
    });
  });
});
