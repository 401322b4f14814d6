import { beforeAll, describe, expect, it } from 'vitest';
import { identity } from '@/lib/crypto';
import { everyDriver } from '@/lib/db/testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { believedRows, forgetBelieved, linkAgain } from './believed-rows.testing';
import { type CashMarked, markCashReceived } from './cash-receipt';
import { replay } from './replay';
import { after, NOON, openShop, post, query, type Shop, sample, testKeyOf } from './shop.testing';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-0000000000c1';
const ZONE = 'Europe/Kyiv';

everyDriver((database) => {
  let shop: Shop;

  const access = (role: Role = 'accountant', projects: 'all' | string[] = [shop.id]): Access =>
    accessOf({ staffId: STAFF_ID, role, projects });
  const idOf = ({ id }: Fields, signer = 'live'): string => identity(shop.id, String(id), signer);
  const mark = (id: string, date = '2026-01-27', by = access()): Promise<CashMarked> =>
    markCashReceived(by, id, { date, zone: ZONE, now: after(7200) });
  const transactionRows = (id: string): Promise<unknown[]> =>
    query(
      database(),
      `select kind, amount, is_test, time_source, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at
         from transactions where invoice_id = $1::uuid order by occurred_at`,
      [id],
    );
  const audits = async (id: string): Promise<number> => {
    const text = `select count(*)::int as n from audit_log where action = 'invoice.cash_received' and object = $1::text`;
    const [row] = await query<{ n: number }>(database(), text, [id]);
    return row?.n ?? 0;
  };
  const cash = async (more: Fields = {}, key = shop.key): Promise<Fields> => {
    const fields = { ...sample(shop, 'cash-on-delivery'), amount: '250', ...more };
    await post(shop, fields, { key });
    return fields;
  };

  beforeAll(async () => {
    shop = await openShop('novapay');
    await query(
      database(),
      "insert into staff (id, email, name, role, password_hash) values ($1::uuid, 'c@shop.example', 'Anna', 'accountant', '-')",
      [STAFF_ID],
    );
  });

  describe('cash on delivery that staff marks as received', () => {
    it('is a payment of the chosen day, once however often it is marked, and in the audit log', async () => {
      const id = idOf(await cash());
      const answers = await Promise.all([mark(id), mark(id), mark(id)]);
      expect([...answers].sort()).toEqual(['already', 'already', 'marked']);
      const payment = { kind: 'payment', amount: '250', is_test: false, time_source: 'staff', at: '2026-01-27 10:00' };
      expect(await transactionRows(id)).toEqual([payment]);
      expect(await audits(id)).toBe(1);
      expect(await mark(id)).toBe('already');
    });

    it('stays so when the carrier pays out later, and through a replay from nothing', async () => {
      const fields = await cash();
      const id = idOf(fields);
      expect(await mark(id)).toBe('marked');
      await post(shop, { ...fields, delivery: { delivery_status_code: '11' } }, { now: after(9000) });
      expect(await transactionRows(id)).toMatchObject([
        { kind: 'payment', at: '2026-01-27 10:00', time_source: 'staff' },
      ]);
      const before = await believedRows(database(), shop);
      await query(database(), 'alter table cash_receipts drop constraint cash_receipts_invoice_id_invoices_id_fk');
      await forgetBelieved(database());
      await replay({ database: database() });
      await linkAgain(database());
      const after_ = await believedRows(database(), shop);
      expect(after_.transactions).toEqual(before.transactions);
    });

    it('of a test is test money', async () => {
      const fields = await cash({}, await testKeyOf(database(), shop));
      const id = idOf(fields, 'test');
      expect(await mark(id)).toBe('marked');
      expect(await transactionRows(id)).toMatchObject([{ kind: 'payment', is_test: true }]);
    });

    it.each<[string, string]>([
      ['a day to come', '2026-01-28'],
      ['a day before the invoice', '2025-12-31'],
      ['no day', '2026-02-30'],
      ['other text', "27'; --"],
    ])('is refused for %s', async (_, date) => {
      const id = idOf(await cash({ created_at: NOON.toISOString() }));
      expect(await mark(id, date)).toBe('bad_date');
      expect(await transactionRows(id)).toMatchObject([{ kind: 'expected' }]);
    });

    it('is refused where no cash is expected, for other roles and for other projects', async () => {
      const card = { ...sample(shop, 'paid') };
      await post(shop, card);
      expect(await mark(idOf(card))).toBe('not_expected');
      const id = idOf(await cash());
      expect(await mark(id, '2026-01-27', access('support'))).toBe('none');
      expect(await mark(id, '2026-01-27', access('manager', []))).toBe('none');
      expect(await mark(STAFF_ID)).toBe('none');
      expect(await audits(id)).toBe(0);
      expect(await mark(id, '2026-01-27', access('manager'))).toBe('marked');
    });
  });
});
