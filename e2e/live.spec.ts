import { get } from 'node:http';
import { expect, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { cookieHeader, expectLive, hrefOf, invoiceLinks, OWNER, postbackLinks, signIn } from './desk';
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
});

test('open pages ask for nothing while nothing happens', async ({ page, context }) => {
  await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
  await signIn(page, server, OWNER);
  const pages: Page[] = [];
  for (const path of ['/', '/invoices', '/postbacks']) {
    const tab = await context.newPage();
    await tab.goto(server.address + path);
    await expectLive(tab);
    pages.push(tab);
  }
  let asked: string[] = [];
  let askedAt = Date.now();
  for (const tab of pages)
    tab.on('request', (request) => {
      askedAt = Date.now();
      asked.push(`${tab.url()} asked ${request.method()} ${request.url()}`);
    });
  // A page opened moments after a postback looks once more.
  await expect.poll(() => Date.now() - askedAt, { timeout: 60_000 }).toBeGreaterThan(3_000);
  asked = [];
  // As long as the server itself takes between two signs of life.
  await heartbeat(server, await cookieHeader(context));
  expect(asked).toEqual([]);
});

test('a postback appears on every open screen while I look at it', async ({ context }) => {
  const pages: Page[] = [];
  for (const path of ['/', '/invoices', '/postbacks']) {
    const page = await context.newPage();
    if (pages.length === 0) await signIn(page, server, OWNER);
    await page.goto(server.address + path);
    await expectLive(page);
    pages.push(page);
  }
  const [overview, invoices, postbacks] = pages;
  if (!overview || !invoices || !postbacks) throw new Error('A page was not opened');
  const before = { invoices: await invoiceLinks(invoices).count(), postbacks: await postbackLinks(postbacks).count() };
  const drawn = await overview.getByRole('main').textContent();
  await send(server.port, await signed(shop, sampleOf(shop, 'overpaid')));
  await expect(invoiceLinks(invoices)).toHaveCount(before.invoices + 1);
  await expect(postbackLinks(postbacks)).toHaveCount(before.postbacks + 1);
  await expect.poll(() => overview.getByRole('main').textContent()).not.toBe(drawn);
});

test('rows glide aside for a new one and never jump', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices`);
  await expectLive(page);
  await shiftsOf(page);
  const before = await invoiceLinks(page).count();
  for (let more = 1; more <= 3; more += 1) {
    await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
    await expect(invoiceLinks(page)).toHaveCount(before + more);
  }
  expect(await shiftsOf(page)).toBeLessThan(0.01);
});

test('an invoice that I have open changes when its top-up comes', async ({ page }) => {
  const first = sampleOf(shop, 'partial');
  await send(server.port, await signed(shop, first));
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices?q=${first.invoice_id}`);
  await page.goto(server.address + (await hrefOf(invoiceLinks(page).first())));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Partly paid');
  await expectLive(page);
  await send(
    server.port,
    await signed(shop, { ...first, invoice_info: paidInFull(first.invoice_info), amount_crypto: '24.61' }),
  );
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});

test('a stream ends when nobody is signed in', async () => {
  const answer = await send(server.port, { method: 'GET', path: '/api/live' });
  expect(answer.status).toBe(401);
});

function paidInFull(details: unknown): Record<string, string[] | string> {
  const { tx_list: hashes } = details as { tx_list: string[] };
  return {
    ...(details as Record<string, string>),
    status: 'paid',
    tx_list: [...hashes, 'f'.repeat(64)],
    amount_paid: '24.61',
  };
}

/** Resolves at the first sign of life that the server sends on a stream of our own. */
function heartbeat({ port }: Server, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/api/live', headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream was answered ${response.statusCode}`));
      response.setEncoding('utf8').on('data', (text: string) => {
        if (!/^:/m.test(text)) return;
        request.destroy();
        resolve();
      });
    });
    request.once('error', (error) => (request.destroyed ? resolve() : reject(error)));
  });
}

/** How far things jumped since this was first asked, as Chromium counts it (`layout-shift`: share of the screen × way). */
function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const kept = window as { shifts?: { sum: number; observer: PerformanceObserver } };
    const add = (entries: PerformanceEntryList): void => {
      for (const entry of entries) if (kept.shifts) kept.shifts.sum += (entry as { value?: number }).value ?? 0;
    };
    if (!kept.shifts) {
      const observer = new PerformanceObserver((list) => add(list.getEntries()));
      observer.observe({ type: 'layout-shift' });
      kept.shifts = { sum: 0, observer };
    }
    add(kept.shifts.observer.takeRecords());
    return kept.shifts.sum;
  });
}
