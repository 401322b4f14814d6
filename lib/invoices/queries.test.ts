import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { withPermission } from '@/lib/search/condition';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { countStatuses } from './counts';
import { getInvoice } from './detail';
import { type InvoiceFilter, invoiceList } from './invoice-list';
import { hasInvoices, listInvoices } from './queries';
import { sumReceived } from './totals';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const member = (role: Role, projects: Access['projects']): Access => accessOf({ staffId: STAFF_ID, role, projects });
const owner = member('owner', 'all');

function filterOf(shop: Shop | null, change: Partial<InvoiceFilter> = {}): InvoiceFilter {
  const { filter } = invoiceList.read({}, { zone: 'UTC', providers: [], projects: [] });
  return { ...filter, project: shop?.id ?? null, ...change };
}

async function providerIds(filter: InvoiceFilter, access = owner): Promise<readonly string[]> {
  const { rows } = await listInvoices(access, filter);
  return rows.map(({ providerInvoiceId }) => providerInvoiceId);
}

eachDatabase((database) => {
  describe('the list of invoices', () => {
    it('shows a member only the projects they were given', async () => {
      const [mine, other] = [await openShop(), await openShop()];
      const [here, there] = [sample(mine, 'paid'), sample(other, 'paid')];
      await post(mine, here);
      await post(other, there);
      const some = member('support', [mine.id]);
      expect(await providerIds(filterOf(null), some)).toEqual([here.invoice_id]);
      expect(await providerIds(filterOf(other), some)).toEqual([]);
      expect([...(await countStatuses(some, filterOf(null)))]).toEqual([['paid', { count: 1, more: false }]]);
      const all = (await listInvoices(owner, filterOf(null))).rows.map(({ id }) => id);
      expect(await sumReceived(some, filterOf(null), all)).toHaveLength(1);
      expect(await sumReceived(some, filterOf(other), all)).toEqual([]);
      expect(await hasInvoices(member('support', []))).toBe(false);
      const [row] = (await listInvoices(owner, filterOf(other))).rows;
      expect(row && (await getInvoice(some, row.id))).toBe(null);
      expect(row && (await getInvoice(owner, row.id))).not.toBe(null);
    });

    it('lists test rows, marked, and leaves them out of every total', async () => {
      const shop = await openShop();
      await post(shop, sample(shop, 'paid'));
      await post(shop, sample(shop, 'paid'), { key: await testKeyOf(database(), shop) });
      const { rows } = await listInvoices(owner, filterOf(shop));
      expect(rows.map(({ isTest }) => isTest).sort()).toEqual([false, true]);
      const ids = rows.map(({ id }) => id);
      const [total, ...others] = (await sumReceived(owner, filterOf(shop), ids)) ?? [];
      expect(others).toEqual([]);
      const real = rows.find(({ isTest }) => !isTest);
      expect(total).toEqual({ unit: 'USD', amount: real?.amountUsd });
      expect(await providerIds(filterOf(shop, { test: 'only' }))).toHaveLength(1);
      expect(await sumReceived(owner, filterOf(shop, { test: 'only' }), ids)).toEqual([]);
    });

    it('adds up dollars where the provider gave them, and of a coin only what has no value in them', async () => {
      const shop = await openShop();
      await post(shop, { ...sample(shop, 'paid'), amount_crypto: '24.61' });
      const { invoice_info: _, ...form } = sample(shop, 'paid');
      await post(shop, { ...form, status: 'success', amount_crypto: '3' });
      const { rows } = await listInvoices(owner, filterOf(shop));
      const ids = rows.map(({ id }) => id);
      expect(await sumReceived(owner, filterOf(shop), ids)).toEqual([
        { unit: 'USD', amount: '24.61' },
        { unit: 'USDT_TRC20', amount: '3' },
      ]);
    });

    it('finds text as it is written, wildcards and prefixes included', async () => {
      const shop = await openShop();
      const fields: Fields = { ...sample(shop, 'paid'), order_id: '50%_OFF\\Ж' };
      await post(shop, fields);
      await post(shop, { ...sample(shop, 'paid'), order_id: '50 OFF' });
      expect(await providerIds(filterOf(shop, { q: '50%_off\\ж' }))).toEqual([fields.invoice_id]);
      expect(await providerIds(filterOf(shop, { q: `INV-${fields.invoice_id}` }))).toEqual([fields.invoice_id]);
      expect(await providerIds(filterOf(shop, { q: "' or 1=1 --" }))).toEqual([]);
      expect(await providerIds(filterOf(shop, { q: '%' }))).toEqual([]);
    });

    it('finds a customer by name for those who may see people, and for nobody else', async () => {
      const shop = await openShop('novapay');
      const fields = { ...sample(shop, 'paid'), client_last_name: 'Гнатюк' };
      await post(shop, fields);
      const found = async (role: Role): Promise<number> => {
        const email = `${crypto.randomUUID()}@shop.example`;
        const { id } = await createStaff({ email, name: 'A', role, password: 'three grey herons' });
        const access = accessOf({ staffId: id, role, projects: 'all' });
        // Looking for customers is counted, so somebody must be asking.
        const filter = await withPermission(access, filterOf(shop, { q: 'гнатюк' }));
        return (await providerIds(filter, access)).length;
      };
      expect([await found('support'), await found('accountant')]).toEqual([1, 0]);
    });
  });

  describe('pages', { shuffle: false }, () => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await openShop();
      await query(
        database(),
        `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           created_at, updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'P' || n, 'live', case when n % 2 = 0 then 'paid' else 'created' end, 'x',
           false, true, timestamptz '2026-01-01 10:00:00.123456+00' + (n / 60) * interval '1 microsecond', now(), '', 1, '{}'
         from generate_series(1, 130) n`,
        [shop.id],
      );
    });

    it('hold every row once, though many share their moment', async () => {
      const seen: string[] = [];
      let after: InvoiceFilter['after'] = null;
      let pages = 0;
      do {
        const page = await listInvoices(owner, filterOf(shop, { after }));
        seen.push(...page.rows.map(({ id }) => id));
        after = page.next;
        pages += 1;
      } while (after);
      expect(pages).toBe(3);
      expect(seen).toHaveLength(130);
      expect(new Set(seen).size).toBe(130);
    });

    it('do not shift when something newer arrives between them', async () => {
      const first = await listInvoices(owner, filterOf(shop));
      const before = await listInvoices(owner, filterOf(shop, { after: first.next }));
      await post(shop, sample(shop, 'paid'));
      expect(await listInvoices(owner, filterOf(shop, { after: first.next }))).toEqual(before);
    });

    it('count each status, whichever is chosen', async () => {
      const counts = await countStatuses(owner, filterOf(shop, { status: ['created'], q: '' }));
      expect(counts.get('created')).toEqual({ count: 65, more: false });
      expect(counts.get('paid')?.count).toBeGreaterThanOrEqual(65);
    });
  });

  describe('a period', () => {
    it('compares the transactions, in the zone, the end not included; without any, the creation', async () => {
      const shop = await openShop();
      const transactionRows = [
        // 23:30 of the last of January in Kyiv, 00:30 of the first of February in Kyiv.
        { id: 'JAN', created: '2026-01-31T21:00:00Z', moved: '2026-01-31T21:30:00Z' },
        { id: 'FEB', created: '2026-01-31T21:00:00Z', moved: '2026-01-31T22:30:00Z' },
        { id: 'NONE', created: '2026-02-10T12:00:00Z', moved: null },
        { id: 'LATE', created: '2026-02-10T12:00:00Z', moved: '2026-03-05T12:00:00Z' },
      ];
      for (const { id, created, moved } of transactionRows) {
        const parameters = [shop.id, id, created];
        await query(
          database(),
          `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
             created_at, updated_at, search, version, state)
           values (gen_random_uuid(), $1::uuid, $2::text, 'live', 'paid', 'x', false, true, $3::timestamptz, now(), '', 1, '{}')`,
          parameters,
        );
        if (moved === null) continue;
        await query(
          database(),
          `insert into transactions (id, invoice_id, project_id, kind, amount, currency, tx_hashes, is_test, occurred_at, time_source)
           select gen_random_uuid(), id, project_id, 'payment', 1.50, 'UAH', '{}', false, $3::timestamptz, 'provider'
           from invoices where project_id = $1::uuid and provider_invoice_id = $2::text`,
          [shop.id, id, moved],
        );
      }
      const february = { from: '2026-02-01', to: '2026-03-01', tz: 'Europe/Kyiv' };
      expect([...(await providerIds(filterOf(shop, february)))].sort()).toEqual(['FEB', 'NONE']);
      expect(await sumReceived(owner, filterOf(shop, february))).toEqual([{ unit: 'UAH', amount: '1.50' }]);
      expect(await providerIds(filterOf(shop, { from: '2026-01-31', to: '2026-02-01', tz: 'Europe/Kyiv' }))).toEqual([
        'JAN',
      ]);
      expect([...(await providerIds(filterOf(shop, { ...february, tz: 'UTC' })))].sort()).toEqual(['NONE']);
    });
  });

  describe('one invoice', () => {
    it('hides people by role, and shows what has no meaning as sent, without the token', async () => {
      const shop = await openShop('novapay');
      const fields = {
        ...sample(shop, 'paid'),
        client_phone: '+380501234567',
        client_first_name: 'Оксана',
        surprise: '=1+1',
      };
      await post(shop, fields);
      const [row] = (await listInvoices(owner, filterOf(shop))).rows;
      const id = row?.id ?? '';
      const phone = async (role: 'owner' | 'manager' | 'support' | 'accountant'): Promise<string | undefined> =>
        (await getInvoice(member(role, 'all'), id))?.people.find(({ field }) => field === 'client_phone')?.masked;
      for (const role of ['owner', 'manager', 'support'] as const) expect(await phone(role)).toBe('••• 67');
      expect((await getInvoice(member('accountant', 'all'), id))?.people).toEqual([]);
      const names = async (role: Role): Promise<string | null | undefined> =>
        (await listInvoices(member(role, 'all'), filterOf(shop))).rows[0]?.customerName;
      for (const role of ['owner', 'manager', 'support'] as const) {
        expect(await names(role)).toMatch(/О•••/);
        expect(await names(role)).not.toContain('Оксана');
      }
      expect(await names('accountant')).toBe(null);
      const detail = await getInvoice(owner, id);
      expect(detail?.rest?.lines.find(({ path }) => path === 'surprise')).toMatchObject({ text: '••••••' });
      expect(JSON.stringify(detail?.rest)).not.toMatch(/380501234567|=1\+1/);
    });
  });
});
