import { expect, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { hrefOf, invoiceLinks, OWNER, postbackLinks, signIn, signInToOverview } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const ORDERS = [
  '=HYPERLINK("https://evil.example","x")',
  '<img src=//evil.example onerror="ran=true">',
  "' OR 1=1 --",
  '</pre><script>window.ran = true</script>',
  'javascript:window.ran=true',
] as const;

let server: Server;
let shop: Shop;

test.beforeAll(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'cryptocloud', name: '<b>Shop</b>' }], [OWNER]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
});

interface Watch {
  readonly dialogs: string[];
  readonly asked: string[];
}

function watch(page: Page): Watch {
  const seen: Watch = { dialogs: [], asked: [] };
  page.on('dialog', async (dialog) => {
    seen.dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.address)) seen.asked.push(request.url());
  });
  return seen;
}

async function expectHarmless(page: Page, seen: Watch): Promise<void> {
  await page.waitForLoadState('load');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await expect(page.locator('main img, main script:not([src])[data-hostile], main b')).toHaveCount(0);
  expect(seen).toEqual({ dialogs: [], asked: [] });
}

for (const order of ORDERS) {
  test(`an order called ${order} is shown as it was sent and does nothing`, async ({ page }) => {
    const fields: Fields = { ...sampleOf(shop, 'paid'), order_id: order, email: `${order}@evil.example` };
    expect((await send(server.port, await signed(shop, fields))).status).toBe(200);
    const seen = watch(page);
    await signInToOverview(page, server, OWNER);
    await expectHarmless(page, seen);

    await page.goto(`${server.address}/invoices?q=${fields.invoice_id}`);
    await expect(page.getByRole('main')).toContainText(order);
    await expectHarmless(page, seen);
    await invoiceLinks(page).first().click();
    await expect(page.getByRole('complementary')).toContainText(order);
    await expectHarmless(page, seen);
    await page.getByRole('link', { name: 'Open the full page' }).click();
    await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('main')).toContainText(order);
    await expectHarmless(page, seen);

    await page.goto(`${server.address}/postbacks?q=${fields.invoice_id}`);
    await page.goto(server.address + (await hrefOf(postbackLinks(page).first())));
    await expect(page.locator('main pre')).toContainText(JSON.stringify(order));
    await expectHarmless(page, seen);
  });
}

test('what cannot be read is shown with its invisible characters made visible', async ({ page }) => {
  const body = Buffer.from('{"status":"\u0000\u202E<script>window.ran = true</script>');
  await send(server.port, { path: shop.path, body: Buffer.concat([body, Buffer.from([0xff])]) });
  const seen = watch(page);
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/postbacks?outcome=unreadable`);
  await page.goto(server.address + (await hrefOf(postbackLinks(page).first())));
  await expect(page.locator('main pre')).toContainText('␀');
  await expect(page.locator('main pre')).toContainText('<script>window.ran = true</script>');
  await expectHarmless(page, seen);
});
