import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditList } from '@/lib/audit/audit-list';
import { listActs } from '@/lib/audit/queries';
import type { Page } from '@/lib/cursor';
import { byPosition, type Position, type Query } from '@/lib/db/scan';
import { eachDatabase } from '@/lib/db/testing';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { listDeliveries } from '@/lib/deliveries/queries';
import { listQueue } from '@/lib/deliveries/queue';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { listLog } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { after, openShop, post, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import { type ListFilter, paramsOf, type Scope } from '@/lib/query-string';
import { SORTS } from '@/lib/sort';
import type { Access } from '@/lib/staff/access';
import { listTransactions } from '@/lib/transactions/queries';
import { transactionList } from '@/lib/transactions/transaction-list';
import { pageOfList } from './address';
import { asked, recordsOf, staffMember } from './files.testing';
import { invoiceScan } from './sources';
import type { ViewId } from './view-names';

type Rows = readonly (readonly string[])[];

interface List {
  readonly view: ViewId;
  /** What tells its rows apart, as the list has it. */
  readonly read: (access: Access, query: URLSearchParams, scope: Scope) => Promise<Rows>;
  /** The same of a line of the file. */
  readonly of: (record: Readonly<Record<string, string>>) => readonly string[];
}

/** Every page of a list. */
async function walk<Filter extends ListFilter, Row>(
  read: { readonly filter: Filter; readonly notices: readonly unknown[] },
  list: (filter: Filter) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  expect(read.notices).toEqual([]);
  const rows: Row[] = [];
  for (let filter: Filter | null = read.filter; filter; ) {
    const page: Page<Row> = await list(filter);
    rows.push(...page.rows);
    filter = page.next ? { ...filter, after: page.next } : null;
  }
  return rows;
}

const LISTS: Readonly<Record<string, List>> = {
  '/invoices': {
    view: 'invoice_list',
    read: async (access, query, scope) => {
      const rows = await walk(invoiceList.read(paramsOf(query), scope), (filter) => listInvoices(access, filter));
      return rows.map((row) => [
        row.providerInvoiceId,
        row.status,
        row.amount ?? '',
        row.amountUsd ?? '',
        row.orderId ?? '',
      ]);
    },
    of: (line) => [line.invoice_id, line.status, line.amount, line.amount_usd, line.order_id].map(String),
  },
  '/transactions': {
    view: 'transactions',
    read: async (access, query, scope) => {
      const rows = await walk(transactionList.read(paramsOf(query), scope), (filter) =>
        listTransactions(access, filter),
      );
      return rows.map((row) => [
        row.providerInvoiceId,
        row.kind,
        row.amount,
        row.txHashes.length > 1 ? '' : row.txHashes.join(),
      ]);
    },
    of: (line) => [line.invoice_id, line.kind, line.amount, line.tx_hash].map(String),
  },
  '/deliveries': {
    view: 'deliveries',
    read: async (access, query, scope) => {
      const read = deliveryList.read(paramsOf(query), scope);
      const rows =
        read.filter.view === 'unresolved'
          ? await walk(read, (filter) => listQueue(access, filter))
          : await walk(read, (filter) => listDeliveries(access, filter));
      return rows.map((row) => [row.providerInvoiceId, row.failureReasons.join(' | ')]);
    },
    of: (line) => [line.invoice_id, line.waybill_error].map(String),
  },
  '/postbacks': {
    view: 'postbacks',
    read: async (access, query, scope) => {
      const rows = await walk(postbackList.read(paramsOf(query), scope), (filter) => listLog(access, filter));
      return rows.map((row) => [row.id]);
    },
    of: (line) => [String(line.postback_id)],
  },
  '/settings/audit': {
    view: 'audit',
    read: async (access, query, scope) => {
      const rows = await walk(auditList.read(paramsOf(query), scope), (filter) => listActs(access, filter));
      return rows.map((row) => [row.id]);
    },
    of: (line) => [String(line.entry_id)],
  },
};

const PERIOD = 'from=2026-01-27&to=2026-01-28&tz=Europe/Kyiv';
const TESTS = ['test=include', 'test=only', 'test=exclude'];
const SEARCHES = [
  'q=order-777',
  'q=ORDER%20%23777',
  'q=PAIDLIST',
  'q=%D0%9A%D0%BE%D0%B2%D0%B0%D0%BB%D0%B5%D0%BD%D0%BA%D0%BE',
  'q=nothing-like-it',
];
const AMOUNTS = ['min=30', 'max=30', 'min=24.61&max=24.61'];
const SORTED = ['sort=newest', 'sort=oldest', 'sort=largest', 'sort=smallest'];

/** Every filter that each list has, alone and some together. */
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  '/invoices': [
    ...['', ...TESTS, ...SEARCHES, ...AMOUNTS, ...SORTED, PERIOD, 'from=2026-02-01', 'to=2026-01-28'],
    ...['status=paid', 'status=failed', 'status=paid&status=on_hold', 'provider=novapay', 'project=SHOP'],
    ...[`${PERIOD}&status=paid&test=exclude`, 'sort=largest&status=paid&project=SHOP&min=1', 'q=order-777&test=only'],
  ],
  '/transactions': [
    ...['', ...TESTS, ...SEARCHES, ...AMOUNTS, ...SORTED, PERIOD, 'from=2026-02-01', 'to=2026-01-28'],
    ...['kind=refund', 'kind=expected', 'kind=payment&kind=top_up', 'provider=cryptocloud', 'project=SHOP'],
    `${PERIOD}&kind=payment&test=only`,
  ],
  '/deliveries': [
    ...['', ...TESTS, ...SEARCHES, PERIOD, 'from=2026-02-01', 'to=2026-01-28', 'status=waybill_failed'],
    ...[
      'status=waybill_created&status=none',
      'view=unresolved',
      'view=unresolved&status=none',
      'provider=novapay',
      'project=SHOP',
    ],
  ],
  '/postbacks': [
    ...[
      '',
      ...TESTS,
      ...SEARCHES,
      PERIOD,
      'from=2026-02-01',
      'to=2026-01-28',
      'outcome=refused',
      'outcome=accepted&outcome=duplicate',
    ],
    ...['provider=cryptocloud', 'project=SHOP', 'sort=newest', 'sort=oldest', 'q=order-777&test=exclude'],
  ],
  '/settings/audit': [
    ...[
      '',
      'q=project',
      'who=command-line',
      'action=project.create',
      'provider=novapay',
      'project=SHOP',
      'sort=oldest',
      'sort=newest',
      'from=2026-02-01',
      'to=2026-02-01',
    ],
  ],
};

/** Filters to which something answers, or the test would hold of two empty lists. */
const EMPTY = /nothing-like-it|q=PAIDLIST|from=2026-02-01|to=2026-02-01|^who=command-line|action=project|^q=project/;

eachDatabase((database) => {
  describe('the file that a list’s button leads to', () => {
    let [coins, parcels]: Shop[] = [];
    let owner: Access;

    beforeAll(async () => {
      [coins, parcels, owner] = [await openShop(), await openShop('novapay'), await staffMember()];
      const paid = { ...sample(coins, 'paid'), invoice_id: 'PAIDLIST', order_id: 'order-777' };
      await post(coins, paid);
      await post(coins, paid, { now: after(1) });
      await post(
        coins,
        { ...sample(coins, 'paid'), order_id: 'order-777' },
        { key: await testKeyOf(database(), coins) },
      );
      await post(coins, sample(coins, 'test-mode'), { now: after(2) });
      await post(coins, sample(coins, 'overpaid'), { now: after(3) });
      await post(coins, sample(coins, 'paid'), { format: 'form', now: after(4) });
      await post(coins, { ...sample(coins, 'paid'), order_id: 'order-777' }, { now: after(5), key: 'k'.repeat(36) });
      for (const name of ['paid', 'holded', 'cash-on-delivery', 'waybill-failed', 'waybill-created', 'payments'])
        await post(parcels, sample(parcels, name), { now: after(10) });
      const failed = { ...sample(parcels, 'waybill-failed'), external_id: 'order-777' };
      await post(parcels, failed, { now: after(15), key: await testKeyOf(database(), parcels) });
      const voided = { ...sample(parcels, 'paid'), id: '11111111-2222-4333-8444-555555555555' };
      await post(parcels, voided, { now: after(20) });
      await post(parcels, { ...voided, status: 'voided' }, { now: after(86_400) });
      await post(parcels, { ...sample(parcels, 'paid'), status: 'failed' }, { now: after(30) });
    });

    it.each(SORTS)('is read in batches from the %s on without losing a row', async (sort) => {
      const { request } = await asked(owner, 'invoice_list', `sort=${sort}&test=include`);
      const read = async (size: number): Promise<readonly string[]> => {
        const ids: string[] = [];
        const run = <Row>({ text, parameters }: Query): Promise<Row[]> =>
          database().run<Row>({ name: null, text }, parameters);
        for await (const rows of byPosition<Position>(run, invoiceScan(owner, request), size))
          ids.push(...rows.map(({ id }) => id));
        return ids;
      };
      const all = await read(1_000);
      expect(all.length).toBeGreaterThan(8);
      expect(await read(2)).toEqual(all);
    });

    const cases = Object.entries(FILTERS).flatMap(([path, filters]) =>
      filters.map((filter) => [path, filter] as const),
    );

    it.each(cases)('of %s?%s holds what is on screen', async (path, filter) => {
      const list = LISTS[path];
      if (!list) throw new Error(path);
      const query = new URLSearchParams(filter.replace('SHOP', parcels?.id ?? ''));
      const scope = {
        zone: 'UTC',
        providers: ['cryptocloud', 'novapay'],
        projects: [coins?.id ?? '', parcels?.id ?? ''],
      };
      const onScreen = await list.read(owner, query, scope);
      const { searchParams } = new URL(pageOfList(list.view, `${path}?${query}`), 'http://here.invalid');
      searchParams.delete('view');
      const lines = await recordsOf(owner, list.view, searchParams.toString());
      const inFile = lines.map(list.of);
      const inOrder = filter.startsWith('sort=') && path !== '/deliveries';
      const sorted = (rows: Rows): Rows => (inOrder ? rows : [...rows].sort((a, b) => (a.join() < b.join() ? -1 : 1)));
      expect(sorted(inFile)).toEqual(sorted(onScreen));
      if (!EMPTY.test(filter)) expect(inFile.length).toBeGreaterThan(0);
    });
  });
});

const APP = 'app/(desk)';
const SOURCES = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));

it('every list page names the file of its list', () => {
  const pages = SOURCES.flatMap((name) => {
    const page = /<ListPage\s[^;]*?exportView="(\w+)"[^;]*?list=\{(\w+)\}/s.exec(
      readFileSync(`${APP}/${name}`, 'utf8'),
    );
    return page ? [[`/${dirname(name)}`, { view: page[1], list: page[2] }]] : [];
  });
  const lists = { invoiceList, transactionList, deliveryList, postbackList, auditList };
  const wanted = Object.entries(lists).map(([list, { path }]) => [path, { view: LISTS[path]?.view, list }]);
  expect(Object.fromEntries(pages)).toEqual(Object.fromEntries(wanted));
});

it('every filter of every list is tried', () => {
  for (const list of [invoiceList, transactionList, deliveryList, postbackList, auditList]) {
    const tried = (FILTERS[list.path] ?? []).flatMap((query) => [...new URLSearchParams(query).keys()]);
    expect(tried).toEqual(expect.arrayContaining([...list.filterNames]));
  }
});
