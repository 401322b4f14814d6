import { beforeAll, describe, expect, inject, it } from 'vitest';
import { csvRecords, parseCsv } from '@/lib/csv.testing';
import { closeDatabase, getDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { NOON, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { exportFile } from './export-file';
import { asked, fileOf, gather, recordsOf, staffMember, sumOf } from './files.testing';
import { findLibreOffice, openSheet, type SheetCell } from './libreoffice.testing';
import { addUp } from './totals';
import { unzip } from './unzip.testing';
import { cellsOf, fromSerial, isTime, onlySeconds, sheetOf } from './workbook.testing';

const HOSTILE = [
  '=cmd|’/C calc’!A0',
  '+1+1',
  '-2+3',
  '@SUM(1+1)',
  'a "quoted", one; two',
  'two\nlines',
  'Замовлення № 7 «Кава»',
  'ação; não',
  "'apostrophe",
  '=HYPERLINK("http://a.example","x")',
  '20450012345678901234',
  '0012',
  '1E5',
  '_x0041_ & <b>',
  'TRUE',
  '{=1+1}',
  'SEMI;=1+1;X',
  'TABx\t=2+2\ty',
  'COMMA,=3+3,z',
  ' =4+4',
  '＝5+5',
];
/** Those that a CSV file has behind an apostrophe. */
const NEUTRALISED = new Set(HOSTILE.filter((text) => /(^|[,;\t])\s*[=+\-@＝]/.test(text)).map((text) => `'${text}`));

let shop: Shop;
let parcels: Shop;
let owner: Access;

beforeAll(async () => {
  const database = await openTestDatabase('pg');
  setDatabase(database);
  [shop, parcels, owner] = [await openShop(), await openShop('novapay'), await staffMember()];
  for (const order of HOSTILE) {
    const fields = sample(shop, 'paid');
    const info = { ...(fields.invoice_info as Fields), amount_paid_usd: '1234567.123456789012345678' };
    await post(shop, { ...fields, order_id: order, invoice_info: info });
  }
  const paid = sample(parcels, 'waybill-created');
  const delivery = { ...(paid.delivery as Fields), express_waybills: ['20450012345678'] };
  await post(parcels, { ...paid, delivery });
  const later = new Date(NOON.getTime() + 60_000);
  await post(parcels, { ...paid, delivery, status: 'voided' }, { now: later });
  return closeDatabase;
});

async function stored(): Promise<Record<string, string>[]> {
  return recordsOf(owner, 'invoices');
}

describe('a workbook', () => {
  it('holds every cell of the CSV file: text as stored, amounts as their own digits', async () => {
    const parts = unzip(await fileOf(owner, 'invoices', 'format=xlsx'));
    const xml = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    const [header = [], ...rows] = [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) => cellsOf(row));
    const [names = [], ...csv] = parseCsv((await fileOf(owner, 'invoices')).toString());
    expect(header).toEqual(names);
    const bare = csv.map((row) =>
      row.map((cell, index) => (isTime(names[index]) ? onlySeconds(cell) : asStored(cell))),
    );
    const read = rows.map((row) => row.map((cell, index) => (isTime(names[index]) ? fromSerial(cell) : cell)));
    expect(read).toEqual(bare);
    expect(xml).not.toContain('<f>');
    expect([...parts.keys()]).toContain('[Content_Types].xml');
  });

  it('has numbers where fifteen digits hold them exactly, and text where they do not', async () => {
    const xml = sheetOf(await fileOf(owner, 'invoices', 'format=xlsx'));
    expect(xml).toContain('<is><t xml:space="preserve">1234567.123456789012345678</t></is>');
    expect(xml).not.toContain('<v>1234567.123456789012345678</v>');
    expect(xml).toMatch(/<c s="7"><v>24\.61<\/v><\/c>/);
    expect(xml).toMatch(/<c s="7"><v>-53\.00<\/v><\/c>/);
  });

  it('has widths, a header that stays, a filter over all rows, and headers in the reader’s language', async () => {
    const { request } = await asked(owner, 'invoices', 'format=xlsx&preset=accounting');
    const words = { sheet: 'Рух [коштів]: 1/2', column: (name: string) => (name === 'gross' ? 'Сума <брутто>' : name) };
    const parts = unzip(await gather(exportFile(owner, request, '', words).bytes));
    const xml = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    const rows = [...xml.matchAll(/<row>/g)].length;
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain(`<autoFilter ref="A1:X${rows}"/>`);
    const widths = [...xml.matchAll(/<col min="\d+" max="\d+" width="(\d+)" customWidth="1"\/>/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(24);
    for (const width of widths) expect(width).toBeGreaterThanOrEqual(8);
    expect(widths[7]).toBe('2026-01-27 12:30:00'.length + 2);
    expect(xml).toContain('Сума &lt;брутто&gt;');
    const workbook = parts.get('xl/workbook.xml')?.toString() ?? '';
    expect(workbook).toContain('<sheet name="Рух  коштів   1 2"');
    expect(workbook).toContain(`'Рух  коштів   1 2'!$A$1:$X$${rows}</definedName>`);
    expect(parts.get('xl/styles.xml')?.toString()).toContain('formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"');
  });

  it('of nothing still has its header and filter', async () => {
    const xml = sheetOf(await fileOf(owner, 'invoice_list', 'format=xlsx&from=2001-01-01&to=2001-01-02'));
    expect([...xml.matchAll(/<row>/g)]).toHaveLength(1);
    expect(xml).toContain('<autoFilter ref="A1:AB1"/>');
  });

  it('escapes what XML cannot hold', async () => {
    const fields: Fields = { ...sample(shop, 'paid'), order_id: 'a\u0001b\rc_x0009_\ud83d\ude00' };
    await post(shop, fields);
    const parts = unzip(await fileOf(owner, 'invoices', `format=xlsx&q=${fields.invoice_id}`));
    const xml = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(xml).toContain('a_x0001_b_x000D_c_x005F_x0009_\u{1f600}');
    await query(
      await getDatabase(),
      'delete from transactions where invoice_id in (select id from invoices where provider_invoice_id = $1)',
      [String(fields.invoice_id)],
    );
  });
});

describe('a ZIP', () => {
  it('has a file for each currency, which together are the one file', async () => {
    const parts = unzip(await fileOf(owner, 'invoices', 'format=zip&tz=Europe/Kyiv'));
    expect([...parts.keys()]).toEqual([
      'money-movements_all-time_Europe-Kyiv_UAH.csv',
      'money-movements_all-time_Europe-Kyiv_USD.csv',
    ]);
    const rows = [...parts.values()].flatMap((part) => csvRecords(part.toString()));
    const whole = await recordsOf(owner, 'invoices', 'tz=Europe/Kyiv');
    const byId = (a: Record<string, string>, b: Record<string, string>): number =>
      (a.row_id ?? '') < (b.row_id ?? '') ? -1 : 1;
    expect(rows.sort(byId)).toEqual(whole.sort(byId));
  });

  it('of nothing holds a file that says so by its header', async () => {
    const parts = unzip(await fileOf(owner, 'invoices', 'format=zip&preset=xero&from=2001-01-01&to=2001-01-02'));
    expect([...parts].map(([name, part]) => [name, part.toString()])).toEqual([
      ['xero_2001-01-01_UTC.csv', 'Date,Amount,Payee,Description,Reference\r\n'],
    ]);
  });

  it('for Xero has at most a thousand lines a file, one currency each, and adds up', async () => {
    const many = await openShop('novapay');
    await query(
      await getDatabase(),
      `with made as (
         insert into invoices (id, project_id, provider_invoice_id, signer, order_id, status, status_raw, is_test,
           test_mode_known, created_at, updated_at, search, version, state)
         select gen_random_uuid(), $1::uuid, 'X' || n, 'live', '=' || n, 'paid', 'x', false, true, now(), now(), '', 1, '{}'
         from generate_series(1, 2500) n returning id, project_id
       )
       insert into transactions (id, invoice_id, project_id, kind, amount, currency, tx_hashes, is_test, occurred_at, time_source)
       select gen_random_uuid(), id, project_id, 'payment', 1.10, 'UAH', '{}', false, '2026-01-31 23:30:00+00', 'receipt' from made`,
      [many.id],
    );
    const search = `project=${many.id}&project=${shop.id}&preset=xero&tz=Europe/Kyiv`;
    const parts = unzip(await fileOf(owner, 'invoices', `${search}&format=zip`));
    expect([...parts.keys()].map((name) => name.replace('xero_all-time_Europe-Kyiv_', ''))).toEqual([
      'UAH_1.csv',
      'UAH_2.csv',
      'UAH_3.csv',
      'USD_1.csv',
    ]);
    const files = [...parts.values()].map((part) => part.toString());
    for (const file of files) expect(file.trimEnd().split('\r\n').length).toBeLessThanOrEqual(1_000);
    const lines = files.slice(0, 3).flatMap((file) => csvRecords(file));
    const { totals } = await addUp(owner, (await asked(owner, 'invoices', search)).request);
    expect(totals[0]).toEqual({ column: 'Amount', unit: 'UAH', sum: '2750.00' });
    expect(sumOf(lines.map(({ Amount }) => Amount))).toBe('2750');
    // The last of January in UTC is the first of February in Kyiv.
    expect(lines[0]).toMatchObject({ Date: '2026-02-01', Amount: '1.10' });
    expect(lines[0]?.Reference).toMatch(/^'=\d+$/);
  });
});

describe('a preset', () => {
  it.each([
    ['xero', 'Date,Amount,Payee,Description,Reference'],
    ['quickbooks', 'Date,Description,Amount'],
    [
      'koinly',
      'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash',
    ],
    [
      'accounting',
      'row_id,kind,provider,project,order_id,invoice_id,status,paid_at_local,timezone,method,currency,gross,network_fee,service_fee,net,asset,crypto_paid,crypto_received,difference,difference_currency,tx_hash,customer_name,is_test,note',
    ],
  ])('%s has the header its reader wants', async (preset, header) => {
    const file = await fileOf(owner, 'invoices', `preset=${preset}&from=2001-01-01&to=2001-01-02`);
    expect(file.toString()).toBe(`${header}\r\n`);
  });

  it('for QuickBooks has money out as negative amounts', async () => {
    const rows = await recordsOf(owner, 'invoices', `preset=quickbooks&project=${parcels.id}`);
    expect(rows.map(({ Date: date, Amount }) => [date, Amount])).toEqual([
      ['27/01/2026', '53.00'],
      ['27/01/2026', '-53.00'],
    ]);
  });

  it('for Koinly says what came in and what went out, in coins, with fees and worth', async () => {
    const [coin] = await recordsOf(owner, 'invoices', `preset=koinly&project=${shop.id}`);
    expect(coin).toMatchObject({
      ...{
        Date: '2026-01-27 12:29:00 UTC',
        'Sent Amount': '',
        'Received Amount': '24.61',
        'Received Currency': 'USDT',
      },
      ...{ 'Fee Amount': '1.867590', 'Fee Currency': 'USDT', 'Net Worth Currency': 'USD', Label: 'income' },
    });
    const [, refund] = await recordsOf(owner, 'invoices', `preset=koinly&project=${parcels.id}`);
    expect(refund).toMatchObject({ 'Sent Amount': '53.00', 'Sent Currency': 'UAH', 'Received Amount': '', Label: '' });
  });
});

/** For a release only: LibreOffice takes seconds to open a file. */
if (inject('scope') === 'all')
  describe.skipIf(findLibreOffice() === null)('LibreOffice', () => {
    it.each([
      ['plain dialect', '', 'Text - txt - csv (StarCalc):44,34,76,1,,1033'],
      ['Excel dialect', '&dialect=excel', 'Text - txt - csv (StarCalc):59,34,76,1,,1058'],
      ['plain dialect at all separators', '', 'Text - txt - csv (StarCalc):44/59/9,34,76,1,,1033'],
      ['Excel dialect at all separators', '&dialect=excel', 'Text - txt - csv (StarCalc):44/59/9,34,76,1,,1058'],
    ])('reads the %s: text as stored, numbers to fifteen digits, no formula', async (_, dialect, filter) => {
      const rows = await openSheet('file.csv', await fileOf(owner, 'invoices', `from=2001-01-01${dialect}`), filter);
      const records = await stored();
      expect(rows).toHaveLength(records.length + 1);
      expectCells(rows, records, (cell, text) => cell.text === text);
    });

    it('reads the workbook: long ids stay text, nothing is a formula', async () => {
      const rows = await openSheet('file.xlsx', await fileOf(owner, 'invoices', 'from=2001-01-01&format=xlsx'));
      const records = (await stored()).map(undefused);
      expectCells(rows, records, (cell, text) => cell.type === 'string' && cell.text === text);
      const paid = rows[1]?.[rows[0]?.findIndex(({ text }) => text === 'paid_at_local') ?? 0];
      expect(paid?.type).toBe('date');
      const header = rows[0]?.map(({ text }) => text) ?? [];
      const waybills = rows
        .map((row) => row[header.indexOf('waybills')])
        .filter((cell) => cell?.text === '20450012345678');
      expect(waybills.length).toBeGreaterThan(0);
      for (const cell of waybills) expect(cell?.type).toBe('string');
    });
  });

const AMOUNTS = /^(crypto_|gross$|net$|network_fee$|service_fee$|difference$|postbacks$)/;

function expectCells(
  rows: readonly SheetCell[][],
  records: readonly Record<string, string>[],
  isSame: (cell: SheetCell, text: string) => boolean,
): void {
  const header = rows[0]?.map(({ text }) => text) ?? [];
  for (const [index, record] of records.entries()) {
    for (const [column, name] of header.entries()) {
      const cell = rows[index + 1]?.[column];
      const text = record[name] ?? '';
      if (text === '') continue;
      expect(cell?.formula, name).toBe(false);
      // A workbook has what fifteen digits cannot hold as text, all of it.
      if (AMOUNTS.test(name) && cell?.type === 'string') expect(cell.text, name).toBe(text);
      else if (AMOUNTS.test(name))
        expect([cell?.type, digits(cell?.value ?? '')], name).toEqual(['float', digits(text)]);
      // Whatever looks like a number or a date is one to a spreadsheet that reads CSV; its value is what was stored.
      else if (cell?.type === 'float' || cell?.type === 'date')
        expect(sameValue(cell, text), `${name} ${text}`).toBe(true);
      else
        expect(cell && isSame(cell, text), `${name}: ${JSON.stringify(text)} became ${JSON.stringify(cell)}`).toBe(
          true,
        );
    }
  }
}

function sameValue({ type, value }: SheetCell, text: string): boolean {
  return type === 'date' ? onlySeconds(value) === onlySeconds(text) : digits(value) === digits(text);
}

function digits(number: string): string {
  return Number(number).toPrecision(15);
}

function undefused(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([name, cell]) => [name, AMOUNTS.test(name) ? cell : asStored(cell)]),
  );
}

/** The orders of the thousands for Xero are neutralised too, and are there or not by the order of the tests. */
function asStored(cell: string): string {
  return NEUTRALISED.has(cell) || /^'=\d+$/.test(cell) ? cell.slice(1) : cell;
}
