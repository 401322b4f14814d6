import { expect, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import {
  ACCOUNTANT,
  closePages,
  hrefOf,
  invoiceLinks,
  MANAGER,
  OWNER,
  SUPPORT,
  signIn,
  signInToOverview,
} from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const PHONE = 'RecipientsPhone invalid format';
const NEW_REASON = 'Щось, чого ніхто не пояснив <b>';
const WAYBILL = '20450012345678';

let server: Server;
let shop: Shop;

test.beforeAll(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'novapay', name: 'Parcels' }], [OWNER, MANAGER, SUPPORT, ACCOUNTANT]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
});

test.afterAll(async ({ browser }) => {
  await closePages(browser);
});

/** A session of this order; what is returned says more of its parcel. */
async function order(name: string, delivery: Fields): Promise<(more: Fields) => Promise<void>> {
  const fields: Fields = { ...sampleOf(shop, 'paid'), external_id: name };
  const say = async (more: Fields): Promise<void> => {
    const all = { ...fields, delivery: { ...(fields.delivery as Fields), ...more } };
    expect((await send(server.port, await signed(shop, all))).status).toBe(200);
  };
  await say(delivery);
  return say;
}

function lineOf(page: Page, name: string) {
  return page
    .getByRole('list', { name: /^Failed waybills that need a person/ })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: `Open invoice ${name}` }) });
}

async function openQueue(page: Page, name: string): Promise<void> {
  await page.goto(`${server.address}/deliveries?view=unresolved&q=${name}`);
}

test('a waybill failed: I see what to mend, do it, and note it', async ({ page }) => {
  const say = await order('MEND-1', { ew_fail_reason: [PHONE, NEW_REASON] });
  await signInToOverview(page, server, SUPPORT);
  await page.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('link', { name: /^Needs a person/ }).click();
  const line = lineOf(page, 'MEND-1');
  await expect(line).toContainText('not written as a Ukrainian mobile number');
  await expect(line).toContainText('delivery.recipient_phone');
  await expect(line).toContainText(PHONE);
  await expect(line).toContainText(NEW_REASON);
  await expect(line).toContainText('••• 02');
  await line.getByText('Mark as resolved').first().click();
  await line.getByRole('button', { name: 'Mark as resolved' }).click();
  await expect(line).toContainText('Write in a few words what was done.');
  await line.getByLabel('What was done').fill('Called, the number is mended');
  await line.getByRole('button', { name: 'Mark as resolved' }).dblclick();
  await expect(line).toHaveCount(0);
  await test.step('and take it back', async () => {
    await expect(page.getByText('Called, the number is mended')).toBeVisible();
    await page.getByRole('button', { name: 'Reopen' }).first().click();
    await expect(lineOf(page, 'MEND-1')).toHaveCount(1);
  });
  await test.step('a later waybill resolves it by itself', async () => {
    await say({ express_waybills: [WAYBILL] });
    await openQueue(page, 'MEND-1');
    await expect(page.getByText('Nothing needs you')).toBeVisible();
  });
});

test('a resolved waybill that fails for another reason needs me again', async ({ page }) => {
  const say = await order('AGAIN-1', { ew_fail_reason: [PHONE] });
  await signIn(page, server, MANAGER);
  await openQueue(page, 'AGAIN-1');
  await lineOf(page, 'AGAIN-1').getByRole('link', { name: 'Open invoice AGAIN-1' }).click();
  await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
  await page.getByText('Mark as resolved').first().click();
  await page.getByLabel('What was done').fill('New number');
  await page.getByRole('button', { name: 'Mark as resolved' }).click();
  await expect(page.locator('#parcel').getByText('Resolved by Marko Manager')).toBeVisible();
  await openQueue(page, 'AGAIN-1');
  await expect(lineOf(page, 'AGAIN-1')).toHaveCount(0);
  await page.goto(server.address);
  await expect(page.getByRole('link', { name: 'AGAIN-1' })).toHaveCount(0);
  await say({ ew_fail_reason: ['Warehouse with this Ref is not exist'] });
  await openQueue(page, 'AGAIN-1');
  await expect(lineOf(page, 'AGAIN-1')).toContainText('Failed again since');
  await page.goto(server.address);
  await expect(page.getByRole('link', { name: 'AGAIN-1' })).toHaveCount(1);
});

test('I find a parcel by its waybill as the label shows it, copy it and track it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const number = '59001234567890';
  await order('TRACK-1', { express_waybills: [number] });
  await signIn(page, server, SUPPORT);
  await page.goto(`${server.address}/deliveries`);
  await page.getByRole('searchbox').fill('59 0012 3456 7890');
  await page.keyboard.press('Enter');
  await expect(invoiceLinks(page)).toHaveCount(1);
  await expect(page.getByText('59 0012 3456 7890', { exact: true })).toBeVisible();
  expect(await hrefOf(page.getByRole('link', { name: /^Track 59/ }))).toBe(
    `https://novaposhta.ua/tracking/?cargo_number=${number}`,
  );
  await page.getByRole('button', { name: 'Copy waybill 59 0012 3456 7890' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(number);
  await invoiceLinks(page).first().click();
  await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
});

test('as an accountant I see parcels without people, and cannot resolve', async ({ page }) => {
  await order('BOOKS-1', { ew_fail_reason: [PHONE] });
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/deliveries?q=BOOKS-1`);
  await expect(invoiceLinks(page)).toHaveCount(1);
  await expect(page.getByRole('columnheader', { name: 'Recipient' })).toHaveCount(0);
  await openQueue(page, 'BOOKS-1');
  await expect(lineOf(page, 'BOOKS-1')).toContainText('delivery.recipient_phone');
  await expect(page.getByText('Mark as resolved')).toHaveCount(0);
  expect(await page.content()).not.toMatch(/Мельник|М•••|380500000002|••• 02/);
});

test('a colleague from another site, or with another role, cannot resolve by calling the action', async ({
  browser,
}) => {
  await order('GUARD-1', { ew_fail_reason: [PHONE] });
  const support = await browser.newPage();
  await signIn(support, server, SUPPORT);
  await openQueue(support, 'GUARD-1');
  await lineOf(support, 'GUARD-1').getByText('Mark as resolved').first().click();
  await lineOf(support, 'GUARD-1').getByLabel('What was done').fill('x');
  const [request] = await Promise.all([
    support.waitForRequest((sent) => sent.method() === 'POST' && 'next-action' in sent.headers()),
    lineOf(support, 'GUARD-1').getByRole('button', { name: 'Mark as resolved' }).click(),
  ]);
  await expect(lineOf(support, 'GUARD-1')).toHaveCount(0);
  await support.getByRole('button', { name: 'Reopen' }).first().click();
  await expect(lineOf(support, 'GUARD-1')).toHaveCount(1);
  const own = request.headers();
  const headers = { 'next-action': own['next-action'] ?? '', 'content-type': own['content-type'] ?? '' };
  const data = request.postDataBuffer() ?? Buffer.alloc(0);
  const foreign = await support.request.post(request.url(), {
    data,
    headers: { ...headers, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.ok()).toBe(false);
  const accountant = await browser.newPage();
  await signIn(accountant, server, ACCOUNTANT);
  const answer = await accountant.request.post(request.url(), {
    data,
    headers: { ...headers, origin: server.address, 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.status()).toBe(403);
  await support.reload();
  await expect(lineOf(support, 'GUARD-1')).toHaveCount(1);
  await Promise.all([support.close(), accountant.close()]);
});
