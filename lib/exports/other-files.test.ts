import { beforeAll, describe, expect, it } from 'vitest';
import { recordAct } from '@/lib/audit/record';
import { csvRecords, parseCsv } from '@/lib/csv.testing';
import { eachDatabase } from '@/lib/db/testing';
import { after, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { countLeftOut } from './counts';
import { asked, fileOf, recordsOf, staffMember } from './files.testing';
import { addUp } from './totals';

const HEADERS = {
  transactions:
    'row_id,movement_id,kind,provider,project,order_id,invoice_id,external_id,status,paid_at_utc,paid_at_local,timezone,time_source,network,address,tx_hash,currency,amount,amount_usd,customer_name,is_test,verified',
  invoice_list:
    'row_id,provider,project,order_id,invoice_id,status,status_raw,created_at_utc,created_at_local,timezone,paid_at_utc,paid_at_local,time_source,currency,amount,amount_usd,received,customer_name,customer_phone,waybills,waybill_status,waybill_error,attention,is_test,verified,postbacks,updated_at_utc,cash_on_delivery',
  deliveries:
    'row_id,provider,project,order_id,invoice_id,invoice_status,waybill_status,waybills,waybill_error,carrier_code,carrier_text,updated_at_utc,updated_at_local,timezone,currency,delivery_amount,recipient_name,recipient_phone,recipient_address,is_test',
  items:
    'row_id,provider,project,order_id,invoice_id,status,created_at_utc,created_at_local,timezone,paid_at_utc,description,count,price,currency,sum,is_test',
  postbacks:
    'postback_id,received_at_utc,received_at_local,timezone,provider,project,invoice_id,outcome,reason,reason_field,answer_status,signer,verified,flags,duplicate_of,duplicates,content_type,user_agent,body_size,order_id,claimed_invoice_id,claimed_status,claimed_amount,claimed_currency',
  audit:
    'entry_id,at_utc,at_local,timezone,staff_id,name,email,role,project,action,object,before,after,detail,address,request_id,position,hash',
} as const;

eachDatabase((database) => {
  let owner: Access;
  beforeAll(async () => {
    owner = await staffMember();
  });

  it.each(Object.entries(HEADERS))('%s has the header that was promised', async (view, header) => {
    const file = await fileOf(owner, view as keyof typeof HEADERS, 'from=2001-01-01&to=2001-01-02');
    expect(file.toString()).toBe(`${header}\r\n`);
  });

  it('transactions have a row per hash, and the amounts in the first alone', async () => {
    const shop = await openShop();
    const fields = sample(shop, 'paid');
    const info = { ...(fields.invoice_info as Fields), tx_list: ['hash-a', 'hash-b', 'hash-c'] };
    await post(shop, { ...fields, invoice_info: info });
    const rows = await recordsOf(owner, 'transactions', `project=${shop.id}`);
    expect(rows.map(({ tx_hash, amount, amount_usd }) => [tx_hash, amount, amount_usd])).toEqual([
      ['hash-a', '24.61', '24.61'],
      ['hash-b', '', ''],
      ['hash-c', '', ''],
    ]);
    const [transaction] = await recordsOf(owner, 'invoices', `project=${shop.id}`);
    expect(transaction?.tx_hash).toBe('hash-a hash-b hash-c');
    expect(rows.map(({ movement_id }) => movement_id)).toEqual(rows.map(() => transaction?.row_id));
    expect(new Set(rows.map(({ row_id }) => row_id)).size).toBe(3);
  });

  it('deliveries name every waybill and every reason, items every item', async () => {
    const shop = await openShop('novapay');
    const failed = { ...sample(shop, 'waybill-failed'), id: 'parcel-1' };
    await post(shop, failed);
    const made = sample(shop, 'waybill-created');
    const two = { ...(made.delivery as Fields), express_waybills: ['20450012345678', '20450012345679'] };
    await post(shop, { ...made, id: 'parcel-2', delivery: two }, { now: after(60) });
    const rows = await recordsOf(owner, 'deliveries', `project=${shop.id}`);
    expect(rows.map(({ row_id, waybill_status, waybills }) => [row_id, waybill_status, waybills])).toEqual([
      ['novapay-parcel-1-delivery', 'waybill_failed', ''],
      ['novapay-parcel-2-delivery', 'waybill_created', '20450012345678 20450012345679'],
    ]);
    expect(rows[0]?.waybill_error).not.toBe('');
    expect(await recordsOf(owner, 'deliveries', `project=${shop.id}&status=waybill_failed`)).toHaveLength(1);
    const items = await recordsOf(owner, 'items', `project=${shop.id}`);
    expect(items.map(({ count, price, sum }) => [count, price, sum]).slice(0, 2)).toEqual([
      ['1', '17', '17'],
      ['2', '18.00', '36.00'],
    ]);
    const { totals } = await addUp(owner, (await asked(owner, 'items', `project=${shop.id}`)).request);
    expect(totals).toEqual([{ column: 'sum', unit: 'UAH', sum: '106.00' }]);
  });

  it('invoices as listed have a row each, paid or not, and say where the cash of a parcel is', async () => {
    const shop = await openShop('novapay');
    await post(shop, { ...sample(shop, 'paid'), id: 'listed-1' });
    await post(shop, { ...sample(shop, 'cash-on-delivery'), id: 'listed-2' });
    await post(shop, { ...sample(shop, 'paid'), id: 'listed-3', status: 'failed' });
    const rows = await recordsOf(owner, 'invoice_list', `project=${shop.id}`);
    const told = rows.map((row) => [row.invoice_id, row.status, row.amount, row.received, row.cash_on_delivery]);
    expect(told.sort()).toEqual([
      ['listed-1', 'paid', '53.00', '53.00', ''],
      ['listed-2', 'paid', '53.00', '', 'expected'],
      ['listed-3', 'failed', '53.00', '', ''],
    ]);
    const failed = await recordsOf(owner, 'invoice_list', `project=${shop.id}&status=failed`);
    expect(failed.map((row) => row.invoice_id)).toEqual(['listed-3']);
  });

  it('postbacks say what became of each', async () => {
    const shop = await openShop();
    const fields = sample(shop, 'paid');
    await post(shop, fields);
    await post(shop, fields, { now: after(1) });
    await post(shop, fields, { now: after(2), key: 'k'.repeat(36) });
    const rows = await recordsOf(owner, 'postbacks', `project=${shop.id}`);
    expect(rows.map(({ outcome, reason, answer_status }) => [outcome, reason, answer_status])).toEqual([
      ['accepted', '', '200'],
      ['duplicate', '', '200'],
      ['refused', 'token_wrong_key', '401'],
    ]);
    const [refused, ...others] = await recordsOf(owner, 'postbacks', `project=${shop.id}&outcome=refused`);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({
      ...{ order_id: fields.order_id, claimed_invoice_id: fields.invoice_id, claimed_status: 'paid' },
      ...{ claimed_amount: '24.61', claimed_currency: 'USDT_TRC20' },
    });
    const newest = await recordsOf(owner, 'postbacks', `project=${shop.id}&sort=newest`);
    expect(newest).toEqual([...rows].reverse());
  });

  it('acts say who did what and when, each with its link in the chain', async () => {
    const shop = await openShop();
    const detail = { field: 'client_phone' };
    await recordAct(owner, { action: 'test.looked', projectId: shop.id, object: '=1+1', detail });
    await recordAct(owner, { action: 'test.changed', projectId: shop.id, before: { name: 'A' }, after: { name: 'B' } });
    const rows = await recordsOf(owner, 'audit', `project=${shop.id}&who=${owner.staffId}`);
    expect(rows.map(({ action, object, before, after, detail }) => [action, object, before, after, detail])).toEqual([
      ['test.looked', "'=1+1", '', '', '{"field": "client_phone"}'],
      ['test.changed', '', '{"name": "A"}', '{"name": "B"}', ''],
    ]);
    const [first, second] = rows;
    expect(Number(second?.position)).toBeGreaterThan(Number(first?.position));
    expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
    const one = await recordsOf(owner, 'audit', `project=${shop.id}&action=test.changed&sort=newest`);
    expect(one).toEqual([second]);
    const other = await staffMember('accountant');
    expect(await recordsOf(other, 'audit', `project=${shop.id}`)).toEqual([]);
  });

  describe('what is left out', () => {
    it('is counted: tests, expected cash, invoices without a transaction', async () => {
      const [coins, parcels] = [await openShop(), await openShop('novapay')];
      await post(coins, sample(coins, 'paid'));
      await post(coins, sample(coins, 'test-mode'));
      await post(coins, sample(coins, 'paid'), { key: await testKeyOf(database(), coins) });
      await post(coins, sample(coins, 'created'));
      await post(parcels, sample(parcels, 'cash-on-delivery'));
      await post(parcels, sample(parcels, 'holded'));
      const search = `project=${coins.id}&project=${parcels.id}`;
      const count = async (extra = '', view: 'invoices' | 'deliveries' = 'invoices'): Promise<object> =>
        countLeftOut(owner, (await asked(owner, view, search + extra)).request);
      expect(await count()).toEqual({ test: 2, expected: 1, unmoved: 2, unpriced: 0 });
      expect(await count('&test=include&expected=include')).toMatchObject({ test: 0, expected: 0 });
      expect(await recordsOf(owner, 'invoices', search)).toHaveLength(1);
      expect(await recordsOf(owner, 'invoices', `${search}&test=only`)).toHaveLength(2);
      expect(await recordsOf(owner, 'invoices', `${search}&test=include&expected=include`)).toHaveLength(4);
    });
  });

  describe('a period', () => {
    it.each([
      // The short and the long day of each zone: from its first instant to its last, and no further.
      ['Europe/Kyiv', '2026-03-29', '2026-03-28T22:00:00Z', '2026-03-29T20:59:59.999999Z', '2026-03-29T21:00:00Z'],
      ['Europe/Kyiv', '2026-10-25', '2026-10-24T21:00:00Z', '2026-10-25T21:59:59.999999Z', '2026-10-25T22:00:00Z'],
      ['Europe/Lisbon', '2026-03-29', '2026-03-29T00:00:00Z', '2026-03-29T22:59:59.999999Z', '2026-03-29T23:00:00Z'],
      ['Europe/Lisbon', '2026-10-25', '2026-10-24T23:00:00Z', '2026-10-25T23:59:59.999999Z', '2026-10-26T00:00:00Z'],
    ])('of %s on %s holds its first instant and not the next day’s', async (zone, date, first, last, next) => {
      const shop = await openShop();
      await moveAt(shop, [first, last, next]);
      const until = `${date.slice(0, 8)}${String(Number(date.slice(8)) + 1).padStart(2, '0')}`;
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}&from=${date}&to=${until}&tz=${zone}`);
      expect(rows.map((row) => row.paid_at_utc?.replace('.000000Z', 'Z'))).toEqual([first, last]);
      expect(rows.map((row) => row.paid_at_local?.slice(0, 10))).toEqual([date, date]);
      for (const { timezone } of rows) expect(timezone).toBe(zone);
    });
  });

  it('many rows of one moment each come once, in either order', async () => {
    const shop = await openShop();
    await moveAt(
      shop,
      Array.from({ length: 1_203 }, (_, n) => `2026-05-01T10:00:00.00000${n % 3}Z`),
    );
    for (const sort of ['oldest', 'newest']) {
      const rows = await recordsOf(owner, 'transactions', `project=${shop.id}&sort=${sort}`);
      expect(new Set(rows.map(({ invoice_id }) => invoice_id)).size).toBe(1_203);
      expect(rows).toHaveLength(1_203);
      const times = rows.map((row) => row.paid_at_utc ?? '');
      expect(times).toEqual(sort === 'oldest' ? times.toSorted() : times.toSorted().reverse());
    }
  });

  it('the Excel dialect differs in its mark, its separator and its decimal comma alone', async () => {
    const shop = await openShop();
    await post(shop, { ...sample(shop, 'paid'), order_id: 'a;b,"c"\nі' });
    const plain = (await fileOf(owner, 'invoices', `project=${shop.id}`)).toString();
    const excel = (await fileOf(owner, 'invoices', `project=${shop.id}&dialect=excel`)).toString();
    expect(excel.startsWith('\uFEFFrow_id;kind;')).toBe(true);
    const [row] = csvRecords(plain);
    const [other] = csvRecords(excel.slice(1), ';');
    expect(other).toMatchObject({ order_id: 'a;b,"c"\nі', gross: '24,61', crypto_service_fee: '0,467590' });
    expect({ ...other, note: '' }).toEqual({ ...commas(row), note: '' });
  });

  it('chosen columns come in the order in which they were asked for', async () => {
    const file = await fileOf(owner, 'invoices', 'columns=gross,currency,gross,row_id');
    expect(parseCsv(file.toString())[0]).toEqual(['gross', 'currency', 'row_id']);
  });

  async function moveAt(shop: Shop, moments: readonly string[]): Promise<void> {
    await query(
      database(),
      `with made as (
         insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known,
           created_at, updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'N' || n, 'live', 'paid', 'x', false, true, now(), now(), '', 1, '{}'
         from generate_series(1, $3::int) n returning id, provider_invoice_id
       )
       insert into transactions (id, invoice_id, project_id, kind, amount, currency, tx_hashes, is_test, occurred_at, time_source)
       select gen_random_uuid(), made.id, $1::uuid, 'payment', 1.50, 'UAH', '{}', false, (string_to_array($2, ' '))[n]::timestamptz, 'provider'
       from made, generate_series(1, $3::int) n where made.provider_invoice_id = 'N' || n`,
      [shop.id, moments.join(' '), String(moments.length)],
    );
  }
});

function commas(row: Record<string, string> = {}): Record<string, string> {
  const isNumber = /^-?\d+\.\d+$/;
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, isNumber.test(cell) ? cell.replace('.', ',') : cell]),
  );
}
