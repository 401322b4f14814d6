import { expect, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { ACCOUNTANT, cookieHeader, OWNER, SUPPORT, signIn, signInToOverview } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const WAYBILL = '20451234567890';

let server: Server;
let coin: Fields;
let parcel: Fields;

test.beforeAll(async ({ app }) => {
  const projects = [{ provider: 'cryptocloud' }, { provider: 'novapay' }];
  const [crypto, nova] = await app.reset(projects, [OWNER, SUPPORT, ACCOUNTANT]);
  if (!crypto || !nova) throw new Error('A project was not made');
  server = app.server;
  coin = { ...sampleOf(crypto, 'paid'), order_id: 'Shop-4711' };
  const created = sampleOf(nova, 'waybill-created');
  const delivery = created.delivery as Fields;
  parcel = {
    ...created,
    client_first_name: 'Олена',
    client_last_name: 'Гнатюк',
    client_phone: '+380501234567',
    delivery: { ...delivery, express_waybills: [WAYBILL] },
  };
  await arrive(crypto, coin);
  await arrive(nova, parcel);
});

async function arrive(shop: Shop, fields: Fields): Promise<void> {
  expect((await send(server.port, await signed(shop, fields))).status).toBe(200);
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox').fill(text);
}

test('I press / and find an order by a part of its number, with two keys', async ({ page }) => {
  await signInToOverview(page, server, SUPPORT);
  await page.keyboard.press('/');
  await ask(page, '4711');
  await expect(page.getByRole('group', { name: 'By order' }).getByRole('option')).toContainText('Shop-4711');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/invoices\/[\da-f-]{36}$/);
  await expect(page.getByText('Shop-4711').first()).toBeVisible();
});

test('support finds a customer by phone in any spelling, by name and by waybill; names are masked', async ({
  page,
}) => {
  await signInToOverview(page, server, SUPPORT);
  await page.keyboard.press('Control+k');
  for (const [text, group] of [
    ['+380 50 123 45 67', 'By phone'],
    ['050 123-45-67', 'By phone'],
    ['4567', 'By phone'],
    ['гнатюк олена', 'By name'],
    ['20 4512 3456 7890', 'By waybill'],
  ] as const) {
    await ask(page, text);
    await expect(page.getByRole('group', { name: group }).getByRole('option')).toHaveCount(1);
  }
  await expect(page.getByText('Гнатюк')).toHaveCount(0);
});

test('an accountant does not find people', async ({ page }) => {
  await signInToOverview(page, server, ACCOUNTANT);
  await page.keyboard.press('/');
  for (const text of ['050 123-45-67', 'гнатюк']) {
    await ask(page, text);
    await expect(page.getByText('Nothing matches.')).toBeVisible();
    await ask(page, '');
    await expect(page.getByText('Nothing matches.')).toHaveCount(0);
  }
});

test('whoever is signed out is told so, and a stranger gets nothing', async ({ page, context }) => {
  // A stream that is refused takes the whole page to the sign-in, and the box with it.
  await page.route('**/api/live*', (route) => route.abort());
  await signIn(page, server, OWNER);
  await page.goto(server.address);
  await page.waitForLoadState('networkidle');
  const cookie = await cookieHeader(context);
  await page.keyboard.press('/');
  await context.clearCookies();
  await ask(page, '4711');
  await expect(page.getByText('You are signed out.')).toBeVisible();
  const url = `${server.address}/api/search?q=4711`;
  expect((await fetch(url)).status).toBe(401);
  const mine = await fetch(url, { headers: { cookie } });
  expect(mine.status).toBe(200);
  expect(mine.headers.get('cache-control')).toContain('no-store');
});

test('I get everywhere by keyboard, and ? tells me how', async ({ page }) => {
  await signInToOverview(page, server, OWNER);
  for (const [key, path] of [
    ['i', '/invoices'],
    ['d', '/deliveries'],
    ['p', '/postbacks'],
    ['o', '/'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(server.address + path);
  }
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Go to Invoices')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('what opens over the page keeps the focus and the keys to itself, and gives the focus back', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices`);
  await expect(page.locator('[data-live="live"]').first()).toBeAttached();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.locator('[data-side-panel]');
  await expect(panel).toBeFocused();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const close = help.getByRole('button', { name: 'Close' });
  await expect(close).toBeFocused();
  for (const key of ['Tab', 'Shift+Tab', 'j']) {
    await page.keyboard.press(key);
    await expect(close).toBeFocused();
  }
  // A click on its text leads the focus to the panel, and not behind it.
  await help.getByRole('heading').click();
  await page.keyboard.press('Tab');
  await expect(close).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(panel).toBeVisible();
  await expect(panel).toBeFocused();
  const box = page.getByRole('combobox', { name: 'Search everything' });
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  // A click beside it closes it, and is for nothing behind it.
  await page.mouse.click(5, 5);
  await expect(box).toHaveCount(0);
  await expect(page).toHaveURL(/panel=/);
});

test('keys that I type into a field are text', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices`);
  const box = page.getByRole('searchbox').first();
  await box.focus();
  await page.keyboard.type('gi/?');
  await expect(box).toHaveValue('gi/?');
  await expect(page).toHaveURL(`${server.address}/invoices`);
});
