import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { ACCOUNTANT, cookieHeader, MANAGER, OWNER, SUPPORT, signIn, signInToOverview } from './desk';
import { type Answered, send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const LIMITED = { ...ACCOUNTANT, name: 'Lina Limited', email: 'limited@shop.example', projects: [0] };
const HOSTILE = '=cmd|’/C calc’!A0;"x",\nІван';

let server: Server;
let crypto: Shop;
let nova: Shop;

test.beforeAll(async ({ app }) => {
  const projects = [
    { provider: 'cryptocloud', name: 'Coins' },
    { provider: 'novapay', name: 'Parcels' },
  ];
  const shops = await app.reset(projects, [OWNER, MANAGER, SUPPORT, ACCOUNTANT, LIMITED]);
  [crypto, nova] = shops as [Shop, Shop];
  server = app.server;
  const lastMonth = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 15));
  const finished = `${lastMonth.toISOString().slice(0, 10)} 10:00:00.000001`;
  const coins = sampleOf(crypto, 'paid');
  const info = { ...(coins.invoice_info as object), date_finished: finished };
  await send(server.port, await signed(crypto, { ...coins, order_id: HOSTILE, invoice_info: info }));
  await send(server.port, await signed(nova, sampleOf(nova, 'paid')));
  await send(server.port, await signed(nova, sampleOf(nova, 'cash-on-delivery')));
});

async function file(context: BrowserContext, path: string, method = 'GET'): Promise<Answered> {
  return send(server.port, { method, path, headers: { cookie: await cookieHeader(context) } });
}

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('as the accountant I have last month’s file in two clicks', async ({ page }) => {
  await signInToOverview(page, server, ACCOUNTANT);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Exports' }).click();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  const { name, text } = await downloaded(page, () =>
    page.getByRole('link', { name: 'Download', exact: true }).click(),
  );
  expect(name).toMatch(/^money-movements_\d{4}-\d\d_UTC\.csv$/);
  expect(text.split('\r\n')[0]).toMatch(/^row_id,kind,provider,/);
  expect(text).toContain(`"'${HOSTILE.replaceAll('"', '""')}"`);
  expect(text.endsWith('\r\n')).toBe(true);
});

test('before the download I see what it adds up to and what is left out', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/exports?view=invoices`);
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible();
  await expect(page.getByText('1 payment of cash on delivery is left out')).toBeVisible();
  const totals = page.getByRole('region', { name: 'Control totals' });
  await expect(totals).toContainText('UAHgross53.00');
  await expect(totals).toContainText('USDgross24.61');
  await page.getByLabel('Expected cash on delivery').check();
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible();
  await page.getByLabel('Columns for').selectOption('Xero');
  await expect(page.getByText('2 files in a ZIP')).toBeVisible();
  const { name, text } = await downloaded(page, () =>
    page.getByRole('link', { name: 'Download', exact: true }).click(),
  );
  expect(name).toBe('xero_all-time_UTC.zip');
  expect(text.startsWith('PK')).toBe(true);
});

test('a choice applies itself: what I download is what the form says', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/exports?view=invoices`);
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible();
  await page.getByLabel('Format').selectOption('Excel workbook (XLSX)');
  const download = page.getByRole('link', { name: 'Download', exact: true });
  const book = await downloaded(page, () => download.click());
  expect(book.name).toBe('money-movements_all-time_UTC.xlsx');
  expect(book.text.startsWith('PK')).toBe(true);
  await page.getByLabel('From').fill('2001-01-01');
  await expect(download).toBeHidden();
  await page.getByLabel('Before').fill('2001-02-01');
  await page.getByLabel('Before').press('Enter');
  await expect(page.getByText('No rows: nothing lies within these filters.')).toBeVisible();
  await expect(page).toHaveURL(/from=2001-01-01&to=2001-02-01/);
  // A link among the controls fills them anew.
  await page.getByRole('link', { name: 'All time' }).click();
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible();
  await expect(page.getByLabel('From')).toHaveValue('');
  // A choice leaves the keyboard where it is.
  await page.getByLabel('Format').focus();
  await page.getByLabel('Format').selectOption('CSV');
  await expect(page.getByText(/^money-movements_all-time_UTC\.csv$/)).toBeVisible();
  await expect(page.getByLabel('Format')).toBeFocused();
});

test('what I choose before the page’s scripts have come applies too', async ({ page }) => {
  await signIn(page, server, OWNER);
  let load = (): void => {};
  const loading = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await loading;
    await route.continue();
  });
  await page.goto(`${server.address}/exports?view=invoices`, { waitUntil: 'commit' });
  await page.getByLabel('Format').selectOption('Excel workbook (XLSX)');
  load();
  await expect(page.getByText(/^money-movements_all-time_UTC\.xlsx$/)).toBeVisible();
  await expect(page.getByLabel('Format')).toHaveValue('xlsx');
});

test('in Ukrainian the dialect is that of its Excel, unless I choose another', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  await page.context().addCookies([{ name: 'tillbell-language', value: 'uk', url: server.address }]);
  await page.goto(`${server.address}/exports?view=invoice_list`);
  const download = page.getByRole('link', { name: 'Завантажити', exact: true });
  const excel = await downloaded(page, () => download.click());
  expect(excel.name).toBe('invoices_all-time_UTC.csv');
  expect(excel.text).toMatch(/^\uFEFFrow_id;provider;/);
  await page.getByLabel('Діалект CSV').selectOption('plain');
  const plain = await downloaded(page, () => download.click());
  expect(plain.text).toMatch(/^row_id,provider,/);
});

test('from a list I come to the file of the same query', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices?status=paid&project=${crypto.id}`);
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await expect(page.getByText('From the list: status: Paid')).toBeVisible();
  await expect(page.getByLabel('File')).toHaveValue('invoice_list');
  await expect(page.getByLabel('Coins')).toBeChecked();
  await page.goto(`${server.address}/postbacks?outcome=refused`);
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page.getByText('No rows: nothing lies within these filters.')).toBeVisible();
});

test('what cannot be is said in a sentence, on the page and over HTTP', async ({ page }) => {
  await signIn(page, server, OWNER);
  const bad = [
    ['from=2026-02-01&to=2026-01-01', 'The period ends on 2026-01-01, before it has begun.'],
    ['tz=Europe/Kiyv', 'There is no time zone “Europe/Kiyv”. Write it like Europe/Kyiv.'],
    ['columns=grosss', 'There is no column “grosss” in this file.'],
    ['project=nobodys', 'There is no project “nobodys”.'],
    ['from=31.01.2026', '“31.01.2026” is not a date. Write it like 2026-01-31.'],
  ] as const;
  for (const [query, sentence] of bad) {
    await page.goto(`${server.address}/exports?view=invoices&${query}`);
    await expect(page.getByText(sentence)).toBeVisible();
    const { status, text } = await file(page.context(), `/api/exports/invoices.csv?${query}`);
    expect([status, JSON.parse(text)]).toEqual([400, { error: sentence }]);
  }
});

const VIEWS = ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks', 'audit'] as const;
const ROLES = [
  { who: OWNER, may: [200, 200, 200, 200, 200, 200, 200] },
  { who: MANAGER, may: [200, 200, 200, 200, 200, 200, 200] },
  { who: ACCOUNTANT, may: [200, 200, 200, 200, 200, 403, 200] },
  { who: SUPPORT, may: [403, 403, 403, 403, 403, 403, 403] },
] as const;

for (const { who, may } of ROLES) {
  test(`as ${who.role} I have the files of my role and no others`, async ({ page }) => {
    await signIn(page, server, who);
    for (const [index, view] of VIEWS.entries()) {
      const path = `/api/exports/${view}.csv`;
      expect((await file(page.context(), path)).status, view).toBe(may[index]);
      expect((await file(page.context(), path, 'HEAD')).status, view).toBe(may[index]);
    }
    expect((await page.goto(`${server.address}/exports`))?.status()).toBe(who === SUPPORT ? 403 : 200);
    expect((await file(page.context(), '/api/exports/nothing.csv')).status).toBe(404);
  });
}

test('a stranger has none, and a project that was not given is as one that does not exist', async ({ page }) => {
  expect((await send(server.port, { method: 'GET', path: '/api/exports/invoices.csv' })).status).toBe(401);
  await signIn(page, server, LIMITED);
  const own = await file(page.context(), '/api/exports/invoices.csv');
  expect(own.text).toContain('Coins');
  expect(own.text).not.toContain('Parcels');
  const [theirs, nobodys] = await Promise.all(
    [nova.id, nova.id.replace(/^./, 'f')].map((id) => file(page.context(), `/api/exports/invoices.csv?project=${id}`)),
  );
  expect(theirs?.status).toBe(400);
  expect(theirs?.text.replace(nova.id, '')).toBe(nobodys?.text.replace(/“.*”/, '“”'));
});

test('people’s names go out to the owner alone, after the password again', async ({ page }) => {
  const path = '/api/exports/invoices.csv?people=include';
  await signIn(page, server, MANAGER);
  expect((await file(page.context(), path)).status).toBe(403);
  await page.context().clearCookies();
  await signIn(page, server, OWNER);
  expect((await file(page.context(), path)).status).toBe(403);
  await page.goto(`${server.address}/exports?view=invoices&people=include`);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  const { text } = await downloaded(page, () => page.getByRole('link', { name: 'Download', exact: true }).click());
  expect(text).toContain('Коваленко');
  expect(text).toContain('380500000001');
  expect((await file(page.context(), '/api/exports/invoices.csv')).text).not.toContain('Коваленко');
});

test('I save an export by name, and a monthly one asks for the month before', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/exports?view=invoices&from=2020-01-01&to=2020-02-01&preset=accounting`);
  await page.getByLabel('Name').fill('Month end');
  await page.getByLabel('Offer it on the first of each month').check();
  await page.getByRole('button', { name: 'Save this export' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  const { name, text } = await downloaded(page, () => page.getByRole('link', { name: /^Download \w+ \d{4}$/ }).click());
  expect(name).toMatch(/^accounting_\d{4}-\d\d_UTC\.csv$/);
  expect(text.split('\r\n')).toHaveLength(3);
  await page.getByRole('button', { name: 'Remove Month end' }).click();
  await expect(page.getByText('None yet.')).toBeVisible();
});

test('the same query gives a script the same file', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  const path = '/api/exports/transactions.csv?tz=Europe%2FLisbon&dialect=excel';
  const [one, two] = [await file(page.context(), path), await file(page.context(), path)];
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect(hash(one.text)).toBe(hash(two.text));
  expect(one.headers['content-disposition']).toBe('attachment; filename="transactions_all-time_Europe-Lisbon.csv"');
  expect(one.headers['cache-control']).toContain('no-transform');
  expect(one.text.startsWith('\uFEFFrow_id;')).toBe(true);
});
