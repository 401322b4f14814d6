import { expect, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { expectLive, hrefOf, invoiceLinks, OWNER, postbackLinks, signIn, signInToOverview } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let crypto: Shop;
let nova: Shop;

test.beforeAll(async ({ app }) => {
  const [first, second] = await app.reset([{ provider: 'cryptocloud' }, { provider: 'novapay' }], [OWNER]);
  if (!first || !second) throw new Error('A project was not made');
  crypto = first;
  nova = second;
  server = app.server;
  for (const name of ['partial', 'overpaid', 'test-mode']) await pay(name);
  for (let index = 0; index < 55; index += 1) await pay('paid');
  await send(server.port, await signed(nova, sampleOf(nova, 'waybill-failed')));
  await send(server.port, await signed(crypto, sampleOf(crypto, 'paid'), { key: 'x'.repeat(36) }));
});

async function pay(name = 'paid', change: Fields = {}): Promise<Fields> {
  const fields = { ...sampleOf(crypto, name), ...change };
  expect((await send(server.port, await signed(crypto, fields))).status).toBe(200);
  return fields;
}

const statuses = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('navigation', { name: 'Status' });
const panel = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('complementary');

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.address + path);
  await expectLive(page);
}

async function rowIds(page: Page): Promise<readonly (string | null)[]> {
  await invoiceLinks(page).first().waitFor();
  return invoiceLinks(page).evaluateAll((links) => links.map((link) => link.getAttribute('data-row')));
}

test('what I choose while an earlier choice still loads stays', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  let load = (): void => {};
  const loading = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route(/\/invoices\?.*provider=novapay/, async (route) => {
    await loading;
    await route.continue();
  });
  const provider = page.locator('select[name="provider"]');
  const project = page.locator('select[name="project"]');
  await provider.selectOption('NovaPay');
  await page.getByRole('button', { name: 'Apply' }).last().click();
  await project.selectOption({ index: 1 });
  await page.getByLabel('Order, invoice, hash, waybill, name').fill('typed meanwhile');
  const chosen = await project.inputValue();
  load();
  await expect(page).toHaveURL(/provider=novapay/);
  await expect(provider).toHaveValue('novapay');
  await expect(project).toHaveValue(chosen);
  await expect(page.getByLabel('Order, invoice, hash, waybill, name')).toHaveValue('typed meanwhile');
});

test('I narrow the invoices by chips, a preset and an amount, and Clear brings all of them back', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  await expect(page.getByRole('link', { name: 'Clear' })).toHaveCount(0);
  await statuses(page).getByRole('link', { name: 'Overpaid 1' }).click();
  await expect(page).toHaveURL(/\?status=overpaid$/);
  await expect(invoiceLinks(page)).toHaveCount(1);
  await statuses(page).getByRole('link', { name: 'Partly paid 1' }).click();
  await expect(invoiceLinks(page)).toHaveCount(2);
  await page.getByRole('link', { name: 'Today' }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  await expect(page.getByText('Days in ')).toBeVisible();
  await expect(page.getByText('Received')).toBeVisible();
  await page.locator('#content').getByText('More', { exact: true }).click();
  await page.getByLabel('Amount from').fill('29');
  await page.getByLabel('Amount from').press('Enter');
  await expect(page).toHaveURL(/status=overpaid.*min=29/);
  await expect(invoiceLinks(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'Clear', exact: true }).click();
  await expect(page).toHaveURL(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).toHaveCount(50);
});

test('I see an invoice beside the list under an address that I can send, and Escape closes it', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices?status=overpaid');
  const scheme = page.locator('meta[name="color-scheme"]');
  await scheme.evaluate((meta: HTMLElement) => meta.setAttribute('data-here', 'from the start'));
  await invoiceLinks(page).first().click();
  await expect(page).toHaveURL(/\/invoices\?status=overpaid&panel=[0-9a-f-]{36}$/);
  await expect(panel(page)).toContainText(/30\.00\s*USDT_TRC20/);
  await expect(panel(page)).toContainText('More arrived than was asked for');
  // Put in anew, it would have the browser style the whole page anew: half of what a click takes.
  await expect(scheme).toHaveAttribute('data-here', 'from the start');
  await expect(panel(page).getByRole('link', { name: 'Open in a block explorer' })).toHaveAttribute(
    'href',
    /^https:\/\/tronscan\.org\/#\/transaction\/[0-9a-f]{64}$/,
  );
  const colleague = await page.context().newPage();
  await colleague.goto(page.url());
  await expect(panel(colleague)).toContainText(/30\.00\s*USDT_TRC20/);
  await expect(invoiceLinks(colleague)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${server.address}/invoices?status=overpaid`);
  await expect(panel(page)).toHaveCount(0);
  await expect(invoiceLinks(page).first()).toBeFocused();
  await page.goForward();
  await expect(panel(page)).toContainText(/30\.00\s*USDT_TRC20/);
  await panel(page).getByRole('link', { name: 'Open the full page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Overpaid');
});

test('I come by a link to an open row, look at another, and Escape leaves me in the list', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  const [first, second] = await rowIds(page);
  await open(page, '/');
  await open(page, `/invoices?panel=${first}`);
  await expect(panel(page)).toBeVisible();
  await invoiceLinks(page).nth(1).click();
  await expect(page).toHaveURL(`${server.address}/invoices?panel=${second}`);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${server.address}/invoices`);
  await expect(panel(page)).toHaveCount(0);
});

test('Ctrl and a click anywhere on a row open it in a tab of its own, a click alone beside the list', async ({
  page,
  context,
}) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices?status=partial');
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    invoiceLinks(page)
      .first()
      .click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await expect(tab.getByRole('heading', { level: 1 })).toContainText('Partly paid');
  await expect(page).toHaveURL(`${server.address}/invoices?status=partial`);
  const amount = page.getByRole('row').nth(1).getByText('10.5');
  const [other] = await Promise.all([context.waitForEvent('page'), amount.click({ modifiers: ['ControlOrMeta'] })]);
  await expect(other.getByRole('heading', { level: 1 })).toContainText('Partly paid');
  await amount.click();
  await expect(panel(page)).toContainText('Less arrived than was asked for');
});

test('I go through the rows with j and k, open one with Enter and the next while it is open', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices');
  const [first, second, third] = await rowIds(page);
  await page.keyboard.press('j');
  await expect(invoiceLinks(page).nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(invoiceLinks(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`panel=${second}$`));
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`panel=${third}$`));
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('jk');
  await expect(page.getByRole('searchbox')).toHaveValue('jk');
  expect(await rowIds(page)).toContain(first);
});

test('I turn the pages while invoices arrive, and none is shown twice or left out', async ({ page }) => {
  await signIn(page, server, OWNER);
  for (const sort of ['newest', 'oldest', 'largest', 'smallest']) {
    await open(page, `/invoices?sort=${sort}&to=2999-01-01`);
    const first = await rowIds(page);
    const next = await hrefOf(page.getByRole('link', { name: 'Next page' }));
    await page.goto(server.address + next);
    const second = await rowIds(page);
    if (sort === 'newest') await pay();
    await page.goto(server.address + next);
    expect(await rowIds(page), sort).toEqual(second);
    expect(
      second.filter((id) => first.includes(id)),
      sort,
    ).toEqual([]);
    await page.getByRole('link', { name: 'First page' }).click();
    await expect(page).toHaveURL(new RegExp(`sort=${sort}|to=`));
    await expect(page.getByRole('link', { name: 'Next page' })).toBeVisible();
  }
});

test('I choose columns, rows and times, and the list looks so when I come back', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/invoices?status=paid');
  await page.locator('summary', { hasText: 'View' }).click();
  await page.getByText('Compact').click();
  await page.getByText('Date and time').click();
  await page.getByLabel('Project', { exact: true }).last().uncheck();
  await page.getByLabel('Provider’s word').check();
  await page.getByRole('button', { name: 'Apply' }).last().click();
  await expect(page).toHaveURL(/\?status=paid&columns=time,order,invoice,customer,status,word,amount$/);
  const heads = page.getByRole('columnheader');
  await expect(heads.filter({ hasText: 'Provider’s word' })).toBeVisible();
  await open(page, '/invoices');
  await expect(heads.filter({ hasText: 'Provider’s word' })).toBeVisible();
  await expect(heads.filter({ hasText: 'Project' })).toHaveCount(0);
  // The zone stands where its times do.
  await expect(heads.first()).toHaveText('TimeUTC');
  expect((await page.getByRole('row').nth(2).boundingBox())?.height).toBe(36);
  await open(page, '/invoices?columns=order,amount');
  await expect(heads).toHaveText(['Order', 'Amount']);
});

test('I find each transaction with its hash, the way to an explorer, and its invoice', async ({ page }) => {
  const fields = await pay('overpaid');
  const info = fields.invoice_info as { readonly tx_list: readonly string[] };
  await signInToOverview(page, server, OWNER);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Transactions' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Transactions');
  await open(page, `/transactions?q=${fields.invoice_id}`);
  const row = page.getByRole('row').nth(1);
  await expect(row.getByRole('link', { name: 'Open in a block explorer' })).toHaveAttribute(
    'href',
    `https://tronscan.org/#/transaction/${info.tx_list[0]}`,
  );
  await row.getByRole('link', { name: /^Open Payment of invoice/ }).click();
  await expect(page).toHaveURL(/panel=/);
  await expect(panel(page).getByRole('link', { name: 'Open the full page' })).toHaveAttribute('href', /^\/invoices\//);
  await expect(panel(page)).toContainText('Its invoice');
});

test('a hash that is none of its network leads nowhere', async ({ page }) => {
  const paid = sampleOf(crypto, 'paid');
  const info = { ...(paid.invoice_info as Fields), tx_list: [`javascript:alert(1)//${'a'.repeat(43)}`] };
  const fields = await pay('paid', { ...paid, invoice_info: info });
  await signIn(page, server, OWNER);
  await open(page, `/transactions?q=${fields.invoice_id}`);
  await expect(page.getByRole('row').nth(1)).toContainText('javasc');
  await expect(page.getByRole('link', { name: 'Open in a block explorer' })).toHaveCount(0);
});

test('a refused postback opens beside the log with its reason', async ({ page }) => {
  await signIn(page, server, OWNER);
  await open(page, '/postbacks?sort=oldest');
  await page.getByRole('navigation', { name: 'Verdict' }).getByRole('link', { name: 'Refused 1' }).click();
  await expect(page).toHaveURL(/outcome=refused/);
  await postbackLinks(page).first().click();
  await expect(panel(page)).toContainText('Is the API KEY pasted instead of the SECRET KEY?');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});
