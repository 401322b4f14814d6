import { expect, type Locator, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { expectLive, invoiceLinks, OWNER, signIn, signInToOverview } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let shop: Shop;

test.beforeAll(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'cryptocloud' }], [OWNER]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
  for (let index = 0; index < 20; index += 1) await pay();
});

async function pay(name = 'paid', change: Fields = {}): Promise<Fields> {
  const fields = { ...sampleOf(shop, name), ...change };
  expect((await send(server.port, await signed(shop, fields))).status).toBe(200);
  return fields;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.address + path);
  await expectLive(page);
}

async function rowIds(page: Page): Promise<readonly (string | null)[]> {
  return invoiceLinks(page).evaluateAll((links) => links.map((link) => link.getAttribute('data-row')));
}

/** Nothing selected and no pointer over the rows. */
async function standBack(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
}

const pill = (page: Page): Locator => page.getByRole('button', { name: / new$/ });

test('while I read, new invoices wait behind a pill and nothing moves', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  const row = invoiceLinks(page).nth(3);
  await row.hover();
  const [before, place] = [await rowIds(page), await row.boundingBox()];
  await pay();
  await expect(pill(page)).toHaveText('1 new');
  await pay();
  await expect(pill(page)).toHaveText('2 new');
  expect(await rowIds(page)).toEqual(before);
  expect(await row.boundingBox()).toEqual(place);
  await pill(page).click();
  await expect(pill(page)).toHaveCount(0);
  const after = await rowIds(page);
  expect(after).toHaveLength(before.length + 2);
  expect(after.filter((id) => before.includes(id))).toEqual(before);
});

test('while an invoice is open beside the list, new ones wait behind a pill', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  await invoiceLinks(page).first().click();
  await expect(page.getByRole('complementary')).toContainText('USDT');
  await page.mouse.move(0, 0);
  const before = await rowIds(page);
  await pay();
  await expect(pill(page)).toHaveText('1 new');
  expect(await rowIds(page)).toEqual(before);
});

test('a row that I am looking at changes in its place', async ({ page }) => {
  const fields = await pay('partial');
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  const id = new RegExp(`Open invoice ${fields.invoice_id}`);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: id }) });
  await expect(row).toContainText('Partly paid');
  await row.hover();
  const before = await rowIds(page);
  const { tx_list: hashes } = fields.invoice_info as { readonly tx_list: readonly string[] };
  const details = { ...(fields.invoice_info as Fields), status: 'paid', amount_paid: '24.61' };
  await pay('partial', {
    ...fields,
    amount_crypto: '24.61',
    invoice_info: { ...details, tx_list: [...hashes, 'f'.repeat(64)] },
  });
  await expect(row).toContainText('Paid');
  expect(await rowIds(page)).toEqual(before);
});

test('with nothing selected at the top, a new invoice slides in and the totals tick', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  await page.getByRole('link', { name: 'Today' }).click();
  await expect(page).toHaveURL(/from=/);
  await expect(invoiceLinks(page)).not.toHaveCount(0);
  const totals = page.getByText('Received').locator('..');
  await expect(totals).toContainText('USD');
  const [before, rows] = [await totals.textContent(), await rowIds(page)];
  await standBack(page);
  await pay();
  await expect(invoiceLinks(page)).toHaveCount(rows.length + 1);
  await expect(totals).not.toHaveText(before ?? '');
});

test('my tabs share one stream, and when its tab is closed another takes it over', async ({ context, page }) => {
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/api/live')) streams.push(request.url());
  });
  await signInToOverview(page, server, OWNER);
  await expectLive(page);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await open(tab, '/invoices');
  expect(streams).toHaveLength(1);
  await expectArrival(tabs);
  expect(streams).toHaveLength(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  for (const tab of tabs) await expectLive(tab);
  await expectArrival(tabs);
  expect(streams).toHaveLength(2);
});

async function expectArrival(tabs: readonly Page[]): Promise<void> {
  const before = await Promise.all(tabs.map((tab) => invoiceLinks(tab).count()));
  for (const tab of tabs) await standBack(tab);
  await pay();
  for (const [index, tab] of tabs.entries()) await expect(invoiceLinks(tab)).toHaveCount((before[index] ?? 0) + 1);
}
