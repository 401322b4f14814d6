import { expect, type Locator, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { ACCOUNTANT, MANAGER, OWNER, SUPPORT, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let shops: readonly Shop[];

/** Sees only the shop for parcels. */
const LIMITED = { ...MANAGER, name: 'Lina Limited', email: 'limited@shop.example', projects: [1] };
const WRONG_KEY = 'x'.repeat(36);

test.beforeAll(async ({ app }) => {
  const projects = [
    { provider: 'cryptocloud', name: 'Coins' },
    { provider: 'novapay', name: 'Parcels' },
  ];
  shops = await app.reset(projects, [OWNER, MANAGER, SUPPORT, ACCOUNTANT, LIMITED]);
  server = app.server;
});

function shopAt(index: number): Shop {
  const shop = shops[index];
  if (!shop) throw new Error('The project was not made');
  return shop;
}

async function say(shop: Shop, fields: Fields, key?: string): Promise<void> {
  await send(server.port, await signed(shop, fields, key ? { key } : {}));
}

/** A list of what waits, by the name of its kind. */
function waiting(page: Page, kind: string): Locator {
  return page.getByRole('list', { name: kind }).getByRole('listitem');
}

async function overview(page: Page): Promise<void> {
  await page.goto(server.address);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Today and a week ago' })).toBeVisible();
}

test('when everything is paid I am told plainly that nothing needs me', async ({ page }) => {
  await say(shopAt(0), sampleOf(shopAt(0), 'paid'));
  await say(shopAt(1), sampleOf(shopAt(1), 'paid'));
  await signIn(page, server, OWNER);
  await overview(page);
  await expect(page.getByRole('heading', { name: 'Nothing needs you' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Today and a week ago' })).toContainText('53.00UAH');
});

test('of a payment that is too small I read what is missing, and mark it as done with a note', async ({ page }) => {
  const order = { ...sampleOf(shopAt(0), 'partial'), order_id: 'SHORT-1' };
  await say(shopAt(0), order);
  await signIn(page, server, SUPPORT);
  await overview(page);
  const line = waiting(page, 'Paid in part');
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('42 % paid, 14.11 USDT_TRC20 missing');
  await line.getByRole('link', { name: 'SHORT-1' }).click();
  await expect(page).toHaveURL(/\/invoices\/[\da-f-]{36}$/);
  await page.getByLabel('Note for your colleagues').fill('She wrote to us');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('She wrote to us').first()).toBeVisible();
  await overview(page);
  await expect(line).toHaveCount(1);
  await line.getByRole('link', { name: 'SHORT-1' }).click();
  await page.getByText('Mark as done').first().click();
  await page.getByLabel('Note (optional)').fill('Asked for the rest');
  await page.getByRole('button', { name: 'Mark as done' }).dblclick();
  await expect(page.getByText(`Marked as done by ${SUPPORT.name}`)).toBeVisible();
  await expect(page.getByText(`${SUPPORT.name} marked this as done`)).toHaveCount(1);
  await overview(page);
  await expect(waiting(page, 'Paid in part')).toHaveCount(0);
});

test('I mark a selection as done by keyboard, a colleague’s screen follows, and I undo it', async ({
  browser,
  page,
}) => {
  for (const order of ['MANY-1', 'MANY-2', 'MANY-3'])
    await say(shopAt(0), { ...sampleOf(shopAt(0), 'overpaid'), order_id: order });
  const colleague = await browser.newPage();
  await signIn(colleague, server, SUPPORT);
  await overview(colleague);
  await signIn(page, server, ACCOUNTANT);
  await overview(page);
  const lines = waiting(page, 'Paid too much');
  const before = await lines.count();
  await lines.filter({ hasText: 'MANY-3' }).getByRole('link').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByLabel('Note (optional)').fill('Booked with the customer');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 are marked as done.')).toBeVisible();
  await expect(waiting(page, 'Paid too much').filter({ hasText: /MANY-[23]/ })).toHaveCount(0);
  await expect(waiting(colleague, 'Paid too much').filter({ hasText: /MANY-[23]/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 are back on the list.')).toBeVisible();
  await expect(lines).toHaveCount(before);
  await expect(waiting(colleague, 'Paid too much')).toHaveCount(before);
  for (const order of ['MANY-1', 'MANY-2', 'MANY-3']) {
    await lines.filter({ hasText: order }).getByRole('button', { name: 'Mark as done' }).click();
    await expect(lines.filter({ hasText: order })).toHaveCount(0);
  }
  await expect(page.getByText('Marked as done.')).toBeVisible();
  await colleague.close();
});

test('I mark a failed waybill as done from the list, which resolves it, and who may not resolve it cannot', async ({
  page,
}) => {
  const shop = shopAt(1);
  await say(shop, { ...sampleOf(shop, 'waybill-failed'), external_id: 'STUCK-1' });
  await signIn(page, server, ACCOUNTANT);
  await overview(page);
  const line = waiting(page, 'Failed waybills').filter({ hasText: 'STUCK-1' });
  await expect(line).toHaveCount(1);
  await expect(line.getByRole('button', { name: 'Mark as done' })).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, server, SUPPORT);
  await overview(page);
  await line.getByRole('button', { name: 'Mark as done' }).click();
  await expect(line).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line).toHaveCount(1);
  await line.getByRole('button', { name: 'Mark as done' }).click();
  await expect(line).toHaveCount(0);
});

test('with the wrong key I am led to the refused postbacks and their cause, until one is accepted', async ({
  page,
}) => {
  await say(shopAt(0), sampleOf(shopAt(0), 'paid'), WRONG_KEY);
  await say(shopAt(0), sampleOf(shopAt(0), 'paid'), WRONG_KEY);
  await signIn(page, server, MANAGER);
  await overview(page);
  const line = waiting(page, 'Refused postbacks');
  await expect(line).toContainText('2 times.');
  await line.getByRole('link', { name: 'Find the cause' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Doctor: Coins' })).toBeVisible();
  await page.goBack();
  await line.getByRole('link', { name: 'Coins' }).click();
  await expect(page.getByRole('link', { name: /^Open postback of / })).toHaveCount(2);
  await say(shopAt(0), sampleOf(shopAt(0), 'paid'));
  await overview(page);
  await expect(waiting(page, 'Refused postbacks')).toHaveCount(0);
});

test('who may not see postbacks or a project is not told of them', async ({ page }) => {
  await say(shopAt(0), { ...sampleOf(shopAt(0), 'overpaid'), order_id: 'MUCH-1' });
  await say(shopAt(1), sampleOf(shopAt(1), 'paid'));
  await say(shopAt(0), sampleOf(shopAt(0), 'paid'), WRONG_KEY);
  await signIn(page, server, SUPPORT);
  await overview(page);
  await expect(waiting(page, 'Refused postbacks')).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Find the cause' })).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, server, ACCOUNTANT);
  await overview(page);
  await expect(waiting(page, 'Paid too much')).toContainText('MUCH-1');
  await expect(waiting(page, 'Refused postbacks')).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, server, LIMITED);
  await overview(page);
  await expect(page.getByText('MUCH-1')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Nothing needs you' })).toBeVisible();
});

test('more than five of a kind are counted, and I open just those', async ({ page }) => {
  const shop = shopAt(1);
  for (let index = 0; index < 6; index += 1) {
    const paid = { ...sampleOf(shop, 'paid'), external_id: `ODD-${index}` };
    await say(shop, paid);
    await say(shop, { ...paid, amount: '999' });
  }
  await signIn(page, server, OWNER);
  await overview(page);
  await expect(waiting(page, 'Invoices to check')).toHaveCount(5);
  await page.getByRole('link', { name: /^All 6/ }).click();
  await expect(page).toHaveURL(`${server.address}/?all=check`);
  await expect(waiting(page, 'Invoices to check')).toHaveCount(6);
  await expect(page.getByRole('region', { name: 'Today and a week ago' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Overview' }).last().click();
  await expect(waiting(page, 'Invoices to check')).toHaveCount(5);
});

test('I read the charts as tables by keyboard alone', async ({ page }) => {
  await signIn(page, server, OWNER);
  await overview(page);
  const summary = page.getByText('As a table: Received a day, UAH');
  await summary.focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('region', { name: 'Received a day, UAH' }).getByRole('table');
  await expect(table.getByRole('columnheader')).toHaveText(['Day', 'Payments', 'Amount']);
  await expect(table.getByRole('row')).toHaveCount(31);
});
