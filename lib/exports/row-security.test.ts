import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditList } from '@/lib/audit/audit-list';
import { findAct, listActs } from '@/lib/audit/queries';
import { closeDatabase, getDatabase, openDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { type RowSecuredDatabase, startWithRowSecurity } from '@/lib/db/testing-row-security';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { findDelivery, listDeliveries } from '@/lib/deliveries/queries';
import { countStatuses } from '@/lib/invoices/counts';
import { getInvoice } from '@/lib/invoices/detail';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { listWaitingWaybills } from '@/lib/overview/waiting-waybills';
import { listLog } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { findPostback } from '@/lib/postbacks/queries';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { listProjectChoices } from '@/lib/projects/choices';
import { search } from '@/lib/search/find';
import { ALL_PEOPLE } from '@/lib/search/query';
import type { Access } from '@/lib/staff/access';
import { listTransactions, listTransactionsOf } from '@/lib/transactions/queries';
import { transactionList } from '@/lib/transactions/transaction-list';
import { recordsOf, staffMember } from './files.testing';

/*
 * The product with its filters taken out, as if somebody had forgotten them in every read: what is left is what
 * PostgreSQL lets through.
 */
vi.mock('@/lib/projects/scope', async (original) => ({ ...(await original<object>()), inProjects: () => undefined }));
vi.mock('@/lib/projects/chosen', () => ({ chosenProjects: async () => null }));
vi.mock('@/lib/audit/conditions', async (original) => ({
  ...(await original<object>()),
  visibleActs: () => undefined,
}));
vi.mock('@/lib/overview/read', async (original) => ({ ...(await original<object>()), projectsOf: () => null }));

const SCOPE = { zone: 'UTC', providers: [], projects: [] };
const FILES = ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks', 'audit'] as const;

interface Ids {
  readonly invoice: string;
  readonly postback: string;
  readonly act: string;
}

const NONE = '00000000-0000-4000-8000-000000000000';
const NOTHING: Ids = { invoice: NONE, postback: NONE, act: NONE };

async function openedShop(): Promise<Shop> {
  const shop = await openShop('novapay');
  await post(shop, sample(shop, 'waybill-failed'));
  return shop;
}

async function idsOf({ id }: Shop): Promise<Ids> {
  const [row] = await query<Ids>(
    await getDatabase(),
    `select (select id::text from invoices where project_id = $1::uuid limit 1) as invoice,
       (select id::text from postbacks where project_id = $1::uuid limit 1) as postback,
       (select id::text from audit_log where project_id = $1::uuid limit 1) as act`,
    [id],
  );
  return row ?? NOTHING;
}

const made = ({ action }: { readonly action?: string }): boolean => action === undefined || action === 'project.create';

/** How many rows each read returns; `ids` are those of a project that is not theirs. */
async function seen(access: Access, ids: Ids): Promise<Readonly<Record<string, number>>> {
  const { rows: invoices } = await listInvoices(access, invoiceList.read({}, SCOPE).filter);
  const { rows: transactions } = await listTransactions(access, transactionList.read({}, SCOPE).filter);
  const { rows: parcels } = await listDeliveries(access, deliveryList.read({}, SCOPE).filter);
  const { rows: log } = await listLog(access, postbackList.read({}, SCOPE).filter);
  const { rows: acts } = await listActs(access, auditList.read({}, SCOPE).filter);
  const counts = await countStatuses(access, invoiceList.read({}, SCOPE).filter);
  const found = await search(access, 'Коваленко', ALL_PEOPLE);
  const files: [string, number][] = [];
  for (const view of FILES) files.push([`${view} file`, (await recordsOf(access, view)).filter(made).length]);
  const one = (row: object | null): number => (row === null ? 0 : 1);
  return {
    invoices: invoices.length,
    transactions: transactions.length,
    deliveries: parcels.length,
    log: log.length,
    acts: acts.filter(made).length,
    counts: [...counts.values()].reduce((sum, { count }) => sum + count, 0),
    search: found.flatMap(({ hits }) => hits).length,
    projects: (await listProjectChoices(access)).length,
    waiting: (await listWaitingWaybills(access, 9)).rows.length,
    'an invoice': one(await getInvoice(access, ids.invoice)),
    'a postback': one(await findPostback(access, ids.postback)),
    'an act': one(await findAct(access, ids.act)),
    'a parcel': one(await findDelivery(access, ids.invoice)),
    'its transactions': (await listTransactionsOf(access, ids.invoice)).length,
    ...Object.fromEntries(files),
  };
}

async function beforeAndAfter(): Promise<readonly [Record<string, number>, Record<string, number>]> {
  const mine = await openedShop();
  const access = await staffMember('manager', [mine.id]);
  const before = await seen(access, NOTHING);
  const after = await seen(access, await idsOf(await openedShop()));
  return [before, after];
}

describe('with every filter forgotten', () => {
  let divided: RowSecuredDatabase;
  beforeAll(async () => {
    divided = await startWithRowSecurity();
  });
  afterAll(async () => {
    await divided.stop();
  });

  it('nothing foreign is shown where the tables belong to another role', async () => {
    setDatabase(await openDatabase({ url: divided.appUrl }));
    try {
      const [before, after] = await beforeAndAfter();
      expect(before).toMatchObject({ invoices: 1, search: 1, 'invoices file': 1, 'audit file': 1, 'an invoice': 0 });
      expect(after).toEqual(before);
    } finally {
      await closeDatabase();
    }
  });

  it('and everything is where one role is both, which shows that they are gone', async () => {
    setDatabase(await openTestDatabase('pg'));
    try {
      const [before, after] = await beforeAndAfter();
      // The list of acts is read in a branch for each project, which is a filter of its own.
      const { acts: _, ...reads } = after;
      for (const [what, count] of Object.entries(reads)) expect(count, what).toBeGreaterThan(before[what] ?? 0);
    } finally {
      await closeDatabase();
    }
  });
});
