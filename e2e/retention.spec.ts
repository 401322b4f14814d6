import { expect, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { hrefOf, invoiceLinks, MANAGER, OWNER, postbackLinks, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let shop: Shop;

test.beforeEach(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'novapay' }], [OWNER, MANAGER]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
  const card = sampleOf(shop, 'card');
  const fields = {
    ...card,
    client_first_name: 'Maria',
    client_last_name: 'Zabuta',
    client_phone: '+380671234567',
    client_email: 'maria@mail.example',
    delivery: { ...(card.delivery as object), recipient_last_name: 'Zabuta', recipient_phone: '+380671234567' },
  };
  expect((await send(server.port, await signed(shop, fields))).status).toBe(200);
});

async function enterPassword(page: Page): Promise<void> {
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('Enter your password again')).toHaveCount(0);
}

test('I see what a shorter time would delete before I choose it, and the operator’s command tells the same', async ({
  app,
  page,
}) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await page.getByRole('link', { name: 'People’s data' }).click();
  await expect(page.getByText('Raw bodies of this project are kept 180 days.')).toBeVisible();
  await page.getByLabel('Keep them').selectOption({ label: '30 days' });
  await page.getByRole('button', { name: 'Show what it deletes' }).click();
  await expect(page.getByText('Nothing will be deleted now')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep them 30 days' })).toHaveCount(0);
  await enterPassword(page);
  await page.getByRole('button', { name: 'Keep them 30 days' }).click();
  await expect(page.getByText('Raw bodies of this project are kept 30 days.')).toBeVisible();

  const { stdout } = await app.admin('retention', 'run', '--dry-run');
  expect(JSON.parse(stdout.trim())).toEqual({ wouldDelete: 0, oldest: null });
  const ran = await app.admin('retention', 'run');
  expect(JSON.parse(ran.stdout.trim())).toEqual({ deleted: 0, kept: 0, names: 0 });
});

test('I erase a customer who asks for it: their money stays, and nothing finds them any more', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/invoices?q=Zabuta`);
  await expect(invoiceLinks(page)).toHaveCount(1);
  const invoice = await hrefOf(invoiceLinks(page).first());

  await page.goto(`${server.address}/settings/projects`);
  await page.getByRole('link', { name: 'Erase a person' }).click();
  await enterPassword(page);
  await page.getByLabel('Phone, e-mail or name').fill('067 123 45 67');
  await page.getByRole('button', { name: 'Find them' }).click();
  const choice = page.getByRole('checkbox', { name: /Zabuta/ });
  await expect(choice).toBeVisible();
  await expect(page.getByText('maria@mail.example')).toBeVisible();
  await expect(page.getByText('1 invoice, 1 raw body · Shop 1')).toBeVisible();
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Choose whom to erase.' })).toBeVisible();
  await choice.check();
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Erased: 1 invoice names nobody any more' })).toBeVisible();
  expect(page.url()).not.toContain('067');

  for (const text of ['Zabuta', '0671234567', 'maria@mail.example']) {
    await page.goto(`${server.address}/invoices?q=${encodeURIComponent(text)}`);
    await expect(invoiceLinks(page)).toHaveCount(0);
  }
  await page.goto(server.address + invoice);
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible();
  expect(await page.content()).not.toContain('Zabuta');
  await page.goto(`${server.address}/postbacks`);
  await page.goto(server.address + (await hrefOf(postbackLinks(page).first())));
  await expect(page.getByText('Deleted at a person’s request.')).toBeVisible();
});

test('I take names out of search, and phones still find their orders', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}/data`);
  await enterPassword(page);
  await page.getByRole('button', { name: 'Take names out of search' }).click();
  await expect(page.getByText('Customers’ names are encrypted')).toBeVisible();
  await page.goto(`${server.address}/invoices?q=Zabuta`);
  await expect(invoiceLinks(page)).toHaveCount(0);
  await page.goto(`${server.address}/invoices?q=0671234567`);
  await expect(invoiceLinks(page)).toHaveCount(1);
});

test('as a manager I cannot come near any of it', async ({ page }) => {
  await signIn(page, server, MANAGER);
  for (const path of [`/settings/projects/${shop.id}/data`, '/settings/people']) {
    expect((await page.goto(server.address + path))?.status()).toBe(403);
  }
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await expect(page.getByRole('link', { name: 'People’s data' })).toHaveCount(0);
});
