import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { ACCOUNTANT, cookieHeader, hrefOf, invoiceLinks, MANAGER, OWNER, type Person, SUPPORT, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE_NUMBER = '+380501234567';

let server: Server;
let crypto: Shop;
let nova: Shop;

test.beforeAll(async ({ app }) => {
  const projects = [{ provider: 'cryptocloud' }, { provider: 'novapay' }];
  const [first, second] = await app.reset(projects, [OWNER, MANAGER, SUPPORT, ACCOUNTANT]);
  if (!first || !second) throw new Error('A project was not made');
  [crypto, nova] = [first, second];
  server = app.server;
});

async function arrive(shop: Shop, ...bodies: readonly Fields[]): Promise<void> {
  for (const body of bodies) expect((await send(server.port, await signed(shop, body))).status).toBe(200);
}

async function openInvoice(page: Page, person: Person, id: string): Promise<string> {
  await page.context().clearCookies();
  await signIn(page, server, person);
  await page.goto(`${server.address}/invoices?q=${encodeURIComponent(id)}`);
  const path = await hrefOf(invoiceLinks(page).first());
  await page.goto(server.address + path);
  return path;
}

/** A parcel on its way: paid, its waybill failed, then made. */
async function parcel(): Promise<{ readonly id: string; readonly order: string }> {
  const failed: Fields = { ...sampleOf(nova, 'waybill-failed'), client_phone: PHONE_NUMBER };
  const delivery = { ...(failed.delivery as Fields), express_waybills: ['20450012345678'] };
  await arrive(nova, failed, { ...failed, delivery });
  return { id: String(failed.id), order: String(failed.external_id) };
}

test('the cash of a parcel is marked as received once, by whom it may', async ({ page }) => {
  const cash: Fields = { ...sampleOf(nova, 'cash-on-delivery'), amount: '250.00' };
  await arrive(nova, cash);
  const order = String(cash.external_id);
  await openInvoice(page, SUPPORT, order);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cash expected');
  await expect(page.getByRole('button', { name: 'Mark as received' })).toHaveCount(0);

  await openInvoice(page, ACCOUNTANT, order);
  await page.getByLabel('Received on').fill('2000-01-01');
  await page.getByRole('button', { name: 'Mark as received' }).click();
  await expect(page.getByText('Choose a day between the creation of the invoice and today.')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Mark as received' }).dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
  await expect(page.getByRole('button', { name: 'Mark as received' })).toHaveCount(0);
  await expect(page.locator('#timeline')).toContainText('marked the cash as received');
  await page.goto(`${server.address}/invoices?q=${order}`);
  await expect(page.getByRole('row').filter({ hasText: order })).toContainText('Paid');
});

test('I paid, where is my order?', async ({ page }) => {
  const { order } = await parcel();
  await openInvoice(page, SUPPORT, order);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('53.00');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
  const reply = page.locator('[data-reply]');
  await expect(reply).toHaveText(
    `Ваш платіж на 53,00 UAH за замовлення ${order} надійшов. ` +
      'Вашу посилку готують до відправлення; ТТН Нової пошти: 20 4500 1234 5678.',
  );
  await page.getByLabel('Language of the customer').selectOption('English');
  await page.reload();
  await expect(reply).toHaveText(
    `Your payment of 53.00 UAH for order ${order} has arrived. ` +
      'Your parcel is being prepared; Nova Poshta number: 20 4500 1234 5678.',
  );
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy' }).filter({ hasText: 'Copied' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('20 4500 1234 5678');
});

test('The customer sent too little: what do I ask for?', async ({ page }) => {
  const body = sampleOf(crypto, 'partial');
  await arrive(crypto, body);
  await openInvoice(page, SUPPORT, String(body.invoice_id));
  const main = page.getByRole('main');
  await expect(main).toContainText(/Paid 42 %\. The invoice is open until .+ Ask for 14\.11 USDT_TRC20, or confirm it/);
  const row = page.getByRole('row', { name: /^Difference/ });
  await expect(row).toContainText('−14.11');
});

test('The shop says it is not paid: a refused postback tells why', async ({ page }) => {
  const body = sampleOf(crypto, 'paid');
  await send(server.port, await signed(crypto, body, { key: 'x'.repeat(36) }));
  await arrive(crypto, body, body);
  await openInvoice(page, SUPPORT, String(body.invoice_id));
  const entries = page.locator('#timeline ol > li');
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(0)).toContainText('Token verified');
  await expect(entries.nth(0)).toContainText('Came 1 more time');
  await expect(entries.nth(1)).toContainText('signed with another key');
  await openInvoice(page, ACCOUNTANT, String(body.invoice_id));
  await expect(entries).toHaveCount(1);
  await expect(page.locator('#timeline').getByRole('link')).toHaveCount(0);
});

test('I leave a note for my colleagues, and pressing twice leaves one', async ({ page }) => {
  const body = sampleOf(crypto, 'paid');
  await arrive(crypto, body);
  const note = 'She called.\n<img src=x onerror="window.ran=1"> \u202e שלום';
  for (const person of [SUPPORT, ACCOUNTANT]) {
    await openInvoice(page, person, String(body.invoice_id));
    await page.getByLabel('Note for your colleagues').fill(`${person.name}: ${note}`);
    await page.getByRole('button', { name: 'Add note' }).dblclick();
    await expect(page.getByText('Added to the timeline.')).toBeVisible();
    await expect(page.locator('#timeline li').filter({ hasText: `Note by ${person.name}` })).toHaveCount(1);
    await expect(page.getByLabel('Note for your colleagues')).toHaveValue('');
  }
  await page.reload();
  await expect(page.locator('#timeline li').filter({ hasText: 'Note by' })).toHaveCount(2);
  await expect(page.locator('#timeline')).toContainText('<img src=x onerror="window.ran=1"> ⟨U+202E⟩ שלום');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('Write something first.')).toBeVisible();
});

test('I look at one phone number, and that is written down', async ({ page }) => {
  const { id } = await parcel();
  for (const person of [SUPPORT, MANAGER, OWNER]) {
    await openInvoice(page, person, id);
    expect(await page.content(), person.role).not.toContain(PHONE_NUMBER);
    await page.getByRole('button', { name: /^Show Phone\./ }).click();
    await expect(page.getByRole('main')).toContainText(PHONE_NUMBER);
  }
  await openInvoice(page, ACCOUNTANT, id);
  await expect(page.getByRole('button', { name: /^Show / })).toHaveCount(0);
});

test('I compare what two postbacks of an invoice said', async ({ page }) => {
  const { id } = await parcel();
  const path = await openInvoice(page, MANAGER, id);
  const raw = page.locator('#raw');
  await expect(raw.locator('[data-raw-body]')).toHaveCount(0);
  await raw.getByLabel('Compare with').selectOption({ index: 2 });
  await raw.getByRole('button', { name: 'Show' }).click();
  await expect(raw.locator('[data-raw-body]')).toHaveCount(2);
  await expect(raw.locator('[data-diff]')).toContainText('delivery.express_waybills');
  await expect(raw.locator('[data-diff]')).toContainText('20450012345678');
  expect(await page.content()).not.toContain(PHONE_NUMBER);
  await raw.getByLabel('Search in these lines').first().fill('client_phone');
  await expect(raw.locator('[data-raw-body]').first().getByRole('listitem')).toHaveCount(1);
  const asked = new URL(page.url()).search;
  await openInvoice(page, OWNER, id);
  await page.goto(server.address + path + asked);
  await expect(raw).toContainText(PHONE_NUMBER);
  for (const person of [SUPPORT, ACCOUNTANT]) {
    await openInvoice(page, person, id);
    await page.goto(server.address + path + asked);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(raw).toHaveCount(0);
    expect(await page.content()).not.toContain('express_waybills');
  }
});

test('Nobody reveals or writes by calling the actions from elsewhere', async ({ page }) => {
  const { id } = await parcel();
  const path = await openInvoice(page, OWNER, id);
  const asked = page.waitForRequest((request) => request.headers()['next-action'] !== undefined);
  await page.getByRole('button', { name: /^Show Phone\./ }).click();
  const request = await asked;
  const body = request.postData() ?? '';
  const call = async (headers: Readonly<Record<string, string>>): Promise<string> => {
    const sent = { 'next-action': request.headers()['next-action'] ?? '', 'content-type': 'text/plain;charset=UTF-8' };
    const answer = await fetch(server.address + path, { method: 'POST', body, headers: { ...sent, ...headers } });
    return answer.text();
  };
  const origin = server.address;
  const owner = await cookieHeader(page.context());
  expect(await call({ cookie: owner, origin })).toContain(PHONE_NUMBER);
  expect(await call({ cookie: owner })).not.toContain(PHONE_NUMBER);
  expect(await call({ cookie: owner, origin, 'sec-fetch-site': 'cross-site' })).not.toContain(PHONE_NUMBER);
  expect(await call({ cookie: owner, origin: 'https://evil.example' })).not.toContain(PHONE_NUMBER);
  expect(await call({ origin })).not.toContain(PHONE_NUMBER);
  await openInvoice(page, ACCOUNTANT, id);
  expect(await call({ cookie: await cookieHeader(page.context()), origin })).not.toContain(PHONE_NUMBER);
});

for (const [colorScheme, width] of [
  ['light', 360],
  ['dark', 1280],
] as const) {
  test(`I can read an invoice with everything on it, in ${colorScheme}, ${width} px wide`, async ({ browser }) => {
    const products = Array.from({ length: 50 }, (_, index) => ({
      count: '2',
      price: '17.25',
      description: `Чай ${index}`,
    }));
    const names = { client_first_name: 'محمد عبد الرحمن', client_last_name: 'W'.repeat(120) };
    const body: Fields = { ...sampleOf(nova, 'card'), ...names, products };
    await arrive(nova, { ...body, status: 'processing' }, body);
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    const path = await openInvoice(page, OWNER, String(body.id));
    await page.goto(`${server.address}${path}?items=all&body=${await firstMessage(page)}`);
    await page.getByText(/^Show \d+ lines$/).click();
    await expect(page.getByText('Чай 49', { exact: true })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.close();
  });
}

async function firstMessage(page: Page): Promise<string> {
  const link = await hrefOf(page.locator('#timeline').getByRole('link', { name: 'Open the postback' }).first());
  return link.replace('/postbacks/', '');
}
