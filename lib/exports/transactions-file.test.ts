import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { after, openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import { countIncluded } from './counts';
import { asked, fileOf, recordsOf, staffMember, sumOf } from './files.testing';
import { addUp } from './totals';

const HEADER =
  'row_id,kind,provider,project,order_id,invoice_id,status,status_raw,paid_at_utc,paid_at_local,timezone,time_source,created_at_utc,received_at_utc,method,asset,network,crypto_due,crypto_paid,crypto_network_fee,crypto_service_fee,crypto_received,currency,gross,network_fee,service_fee,net,exchange_rate,rate_source,fee_payer,difference,difference_currency,tx_hash,address,customer_name,customer_phone,waybills,waybill_status,waybill_error,items,is_test,verified,postbacks,note';

const details = (fields: Fields): Fields => fields.invoice_info as Fields;

/** A crypto body with some of its details changed. */
function coins(shop: Shop, name: string, change: Fields = {}, info: Fields = {}): Fields {
  const fields = sample(shop, name);
  return { ...fields, ...change, invoice_info: { ...details(fields), ...info } };
}

eachDatabase((database) => {
  describe('the main file', () => {
    it('has the header that was promised, and no line more where nothing matches', async () => {
      const owner = await staffMember();
      const file = await fileOf(owner, 'invoices', 'from=2001-01-01&to=2001-01-02');
      expect(file.toString()).toBe(`${HEADER}\r\n`);
    });

    it('says of a crypto payment what the provider said, digit for digit', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      await post(shop, coins(shop, 'paid', { invoice_id: 'PAIDCOIN', order_id: 'A-1' }), { now: after(2) });
      const [row] = await recordsOf(owner, 'invoices', `project=${shop.id}&tz=Europe/Kyiv`);
      expect(row).toMatchObject({
        row_id: 'cryptocloud-PAIDCOIN-payment-1',
        ...{ kind: 'payment', provider: 'cryptocloud', project: 'Shop', order_id: 'A-1', invoice_id: 'PAIDCOIN' },
        ...{ status: 'paid', status_raw: 'paid', paid_at_utc: '2026-01-27T12:29:00.000000Z' },
        ...{ paid_at_local: '2026-01-27 14:29:00', timezone: 'Europe/Kyiv', time_source: 'provider' },
        ...{ created_at_utc: '2026-01-27T12:23:00.000000Z', received_at_utc: '2026-01-27T12:30:02.000000Z' },
        ...{ method: 'crypto', asset: 'USDT_TRC20', network: 'TRC20', fee_payer: 'client' },
        ...{ crypto_due: '24.61', crypto_paid: '24.61', crypto_network_fee: '1.4', crypto_service_fee: '0.467590' },
        ...{ crypto_received: '24.142410', currency: 'USD', gross: '24.61', network_fee: '1.4', service_fee: '0.47' },
        ...{
          net: '24.142410',
          exchange_rate: '1',
          rate_source: 'provider_amounts',
          difference: '0.00',
          difference_currency: 'USDT_TRC20',
        },
        ...{
          customer_name: '',
          customer_phone: '',
          waybills: '',
          items: '',
          is_test: 'no',
          verified: 'jwt',
          postbacks: '1',
        },
        note: 'gross - network_fee - service_fee is 1.402410 less than net',
      });
    });

    it('has a partial payment and its top-up as rows of their own, whose amounts add up to the invoice', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      const info = {
        amount_to_pay: '25',
        tx_list: ['h1'],
        status: 'partial',
        amount_paid: '10.5',
        amount_paid_usd: '10.5',
      };
      const first = coins(shop, 'paid', { invoice_id: 'TOPPEDUP', amount_crypto: '10.5' }, { ...info, received: '10' });
      const later = {
        tx_list: ['h1', 'h2'],
        status: 'paid',
        amount_paid: '25',
        amount_paid_usd: '25',
        received: '24.4',
      };
      await post(shop, first);
      const finished = { date_finished: '2026-02-03 10:00:00.000001', ...later };
      await post(
        shop,
        { ...first, amount_crypto: '25', invoice_info: { ...details(first), ...finished } },
        { now: after(9) },
      );
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(rows.map(({ row_id, tx_hash, paid_at_utc }) => [row_id, tx_hash, paid_at_utc])).toEqual([
        ['cryptocloud-TOPPEDUP-payment-1', 'h1', '2026-01-27T12:29:00.000000Z'],
        ['cryptocloud-TOPPEDUP-top_up-1', 'h2', '2026-02-03T10:00:00.000001Z'],
      ]);
      expect(rows.map((row) => [row.crypto_due, row.crypto_paid, row.difference])).toEqual([
        ['25', '10.5', '-14.5'],
        ['0', '14.5', '14.5'],
      ]);
      expect(rows.map((row) => [row.gross, row.crypto_received])).toEqual([
        ['10.5', '10'],
        ['14.5', '14.4'],
      ]);
      // A closed month does not change.
      const january = await recordsOf(owner, 'invoices', `project=${shop.id}&from=2026-01-01&to=2026-02-01`);
      expect(january).toEqual(rows.slice(0, 1));
    });

    it('has an overpaid one with what was too much', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      await post(shop, sample(shop, 'overpaid'));
      const [row] = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect([row?.status, row?.difference, row?.difference_currency]).toEqual(['overpaid', '5.39', 'USDT_TRC20']);
    });

    it('has neither an amount due nor a difference for a static wallet', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      const body = sample(shop, 'static-wallet');
      await post(shop, { ...body, invoice_info: { ...details(body), amount_to_pay: '5' } });
      const [row] = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect([row?.crypto_due, row?.crypto_paid, row?.difference, row?.difference_currency]).toEqual([
        '',
        '24.61',
        '',
        '',
      ]);
    });

    it('has a refund as a negative row with a date of its own', async () => {
      const [shop, owner] = [await openShop('novapay'), await staffMember()];
      const fields = { ...sample(shop, 'paid'), id: 'session-1' };
      await post(shop, fields, { now: after(0) });
      await post(shop, { ...fields, status: 'voided' }, { now: after(86_400) });
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(rows.map((row) => [row.row_id, row.gross, row.paid_at_utc, row.currency])).toEqual([
        ['novapay-session-1-payment-1', '53.00', '2026-01-27T12:30:00.000000Z', 'UAH'],
        ['novapay-session-1-refund-1', '-53.00', '2026-01-28T12:30:00.000000Z', 'UAH'],
      ]);
      // Unknown is not zero.
      for (const name of ['network_fee', 'service_fee', 'net', 'asset', 'crypto_paid', 'difference'])
        expect(rows.map((row) => row[name])).toEqual(['', '']);
    });

    it('has no row for a hold, nor for cash that is only expected, unless asked for', async () => {
      const [shop, owner] = [await openShop('novapay'), await staffMember()];
      await post(shop, sample(shop, 'holded'));
      await post(shop, sample(shop, 'cash-on-delivery'));
      expect(await recordsOf(owner, 'invoices', `project=${shop.id}`)).toEqual([]);
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}&expected=include`);
      expect(rows.map(({ kind, note }) => [kind, note])).toEqual([
        ['expected', 'cash on delivery: expected, not received'],
      ]);
      const { request } = await asked(owner, 'transactions', `project=${shop.id}&expected=include&test=include`);
      expect(await countIncluded(owner, request)).toEqual({ test: 0, expected: 1, withoutUsd: 0 });
    });

    it('has each payment of a session under its own order, with its items', async () => {
      const [shop, owner] = [await openShop('novapay'), await staffMember()];
      await post(shop, sample(shop, 'payments'));
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(rows.length).toBeGreaterThan(1);
      expect(new Set(rows.map(({ order_id }) => order_id)).size).toBe(rows.length);
      expect(new Set(rows.map(({ row_id }) => row_id)).size).toBe(rows.length);
      expect(rows.map(({ items }) => items).sort()).toEqual(['', expect.stringMatching(/^1 × .+ \| 2 × /)]);
    });

    it('says when nobody knows whether it is a test, and that no dollars were sent', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      await post(shop, sample(shop, 'paid'), { format: 'form' });
      const [row] = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(row).toMatchObject({ is_test: 'unknown', currency: 'USD', gross: '', crypto_paid: '24.61' });
      expect(row).toMatchObject({ network: 'TRC20', exchange_rate: '', rate_source: '' });
      expect(row?.note).toBe('the provider sent no amount in USD');
      const { request } = await asked(owner, 'invoices', `project=${shop.id}`);
      expect(await countIncluded(owner, request)).toEqual({ test: 0, expected: 0, withoutUsd: 1 });
    });

    it('has the rate where the provider sent both amounts, a top-up by what it added', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      const first = coins(
        shop,
        'paid',
        { invoice_id: 'RATEDONE', amount_crypto: '0.003' },
        { amount_paid: '0.003', amount_paid_usd: '100', tx_list: ['r1'], status: 'partial' },
      );
      await post(shop, first);
      const more = { amount_paid: '0.01', amount_paid_usd: '350.5', tx_list: ['r1', 'r2'], status: 'paid' };
      const finished = { ...details(first), ...more, date_finished: '2026-02-03 10:00:00' };
      await post(shop, { ...first, amount_crypto: '0.01', invoice_info: finished }, { now: after(9) });
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(rows.map((row) => [row.crypto_paid, row.gross, row.exchange_rate, row.rate_source])).toEqual([
        ['0.003', '100', '33333.3333333', 'provider_amounts'],
        ['0.007', '250.5', '35785.7142857', 'provider_amounts'],
      ]);
    });

    it('keeps every digit of the smallest and the largest amount', async () => {
      const [shop, owner] = [await openShop(), await staffMember()];
      const amounts = ['0.000000000000000001', '1234567.123456789012345678'];
      for (const amount of amounts) {
        const info = { amount_paid: amount, amount_paid_usd: amount, tx_list: [amount] };
        await post(shop, coins(shop, 'paid', { amount_crypto: amount }, info));
      }
      const rows = await recordsOf(owner, 'invoices', `project=${shop.id}`);
      expect(rows.map(({ crypto_paid }) => crypto_paid).sort()).toEqual(amounts);
      expect(rows.map(({ gross }) => gross).sort()).toEqual(amounts);
    });
  });

  it('its sums are the control totals, to the last digit, and those of the ledger', async () => {
    const [crypto, nova, owner] = [await openShop(), await openShop('novapay'), await staffMember()];
    for (const name of ['paid', 'overpaid', 'partial', 'static-wallet']) await post(crypto, sample(crypto, name));
    await post(crypto, sample(crypto, 'paid'), { key: await testKeyOf(database(), crypto) });
    const voided = sample(nova, 'paid');
    for (const fields of [sample(nova, 'paid'), sample(nova, 'payments'), voided, { ...voided, status: 'voided' }])
      await post(nova, fields);
    const search = `project=${crypto.id}&project=${nova.id}`;
    const rows = await recordsOf(owner, 'invoices', search);
    const { rows: count, totals } = await addUp(owner, (await asked(owner, 'invoices', search)).request);
    expect(count).toBe(rows.length);
    const unitColumn = (column: string): string =>
      column === 'difference' ? 'difference_currency' : column.startsWith('crypto') ? 'asset' : 'currency';
    for (const { column, unit, sum } of totals) {
      const cells = rows.filter((row) => row[unitColumn(column)] === unit).map((row) => row[column]);
      expect(sumOf(cells), `${column} ${unit}`).toBe(sumOf([sum]));
    }
    expect(totals.map(({ column }) => column)).toEqual(expect.arrayContaining(['gross', 'net', 'crypto_paid']));
    const stored = await query<{ currency: string; amount: string }>(
      database(),
      `select currency, sum(amount)::text as amount from transactions where not is_test and kind <> 'expected'
         and project_id = any (array[$1, $2]::uuid[]) group by currency`,
      [crypto.id, nova.id],
    );
    const ofCurrency = (currency: string, column: string): string | undefined =>
      totals.find((total) => total.unit === currency && total.column === column)?.sum;
    for (const { currency, amount } of stored)
      expect(ofCurrency(currency, currency === 'UAH' ? 'gross' : 'crypto_paid')).toBe(amount);
  });
});
