import { expect, test } from '@playwright/test';
// biome-ignore lint/style/noRestrictedImports: what stands for Neon in front of the PostgreSQL of the database tests.
import { type NeonStandIn, neonUrl, startNeonStandIn } from '@/lib/db/testing-neon';
import { type PostgresDeployment, postgres, type Shop, seed } from './deployment';
import { ACCOUNTANT, cookieHeader, expectLive, invoiceLinks, OWNER, signIn } from './desk';
import { send } from './http';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

/** The built product as Vercel runs it: Next alone, Neon over HTTP, and over WebSocket for an export. */

let deployment: PostgresDeployment;
let neon: NeonStandIn;
let server: Server;
let shop: Shop;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  deployment = await postgres();
  [shop] = (await seed(deployment.settings, [{ provider: 'cryptocloud' }], [OWNER, ACCOUNTANT])) as [Shop];
  neon = await startNeonStandIn(deployment.url);
  const settings = {
    ...deployment.settings,
    DATABASE_URL: neonUrl(deployment.url),
    TILLBELL_NEON_ENDPOINT: neon.endpoint,
    VERCEL: '1',
  };
  server = await startServer(settings, 'next');
});

test.afterAll(async () => {
  await server.stop();
  await neon.stop();
  await deployment.remove();
});

test('a postback is taken in, shown, and in the file', async ({ page, context }) => {
  expect((await send(server.port, await signed(shop, sampleOf(shop, 'paid')))).status).toBe(200);
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).toHaveCount(1);
  const headers = { cookie: await cookieHeader(context) };
  const file = await send(server.port, { method: 'GET', path: '/api/exports/invoices.csv', headers });
  expect(file.status).toBe(200);
  expect(String(file.text).trim().split('\r\n')).toHaveLength(2);
});

test('a screen that nobody touches lets the database sleep, and catches up when I am back', async ({ page }) => {
  await page.clock.install();
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices`);
  await expectLive(page);
  await page.clock.fastForward('09:00');
  await expectLive(page);
  await page.clock.fastForward('10:00');
  await expect(page.locator('[data-live="paused"]')).toBeVisible();
  const before = await invoiceLinks(page).count();
  expect((await send(server.port, await signed(shop, sampleOf(shop, 'paid')))).status).toBe(200);
  await page.mouse.move(300, 300);
  await expectLive(page);
  await expect.poll(() => invoiceLinks(page).count()).toBe(before + 1);
});

test('while the database is away, what asks by itself is told 503', async ({ page, context }) => {
  await signIn(page, server, OWNER);
  const headers = { cookie: await cookieHeader(context) };
  await page.close();
  await neon.stop();
  for (const path of ['/api/exports/invoices.csv', '/api/live', '/api/search?q=x', '/api/health']) {
    expect((await send(server.port, { method: 'GET', path, headers })).status, path).toBe(503);
  }
  expect((await send(server.port, await signed(shop, sampleOf(shop, 'paid')))).status).toBe(503);
});
