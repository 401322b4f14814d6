import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { hrefOf, invoiceLinks, MANAGER, OWNER, postbackLinks, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const SECOND = 'zY9xW8vU7tS6rQ5pO4nM3lK2jI1hG0fE9dC8';

let server: Server;
let shop: Shop;

test.beforeEach(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'cryptocloud' }], [OWNER, MANAGER]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
});

const card = (page: Page): Locator => page.locator('#secret');
const inForce = (page: Page): Locator => card(page).getByRole('region', { name: 'In force' });
const previous = (page: Page): Locator => card(page).getByRole('region', { name: 'Previous' });

async function replaceWith(page: Page, secret: string, keep: string): Promise<void> {
  await card(page).getByText('Replace it').click();
  await page.getByLabel('New secret key').fill(secret);
  await page.getByLabel('The old one goes on').selectOption({ label: keep });
  await card(page).getByRole('button', { name: 'Save' }).click();
}

async function deliver(key: string): Promise<number> {
  return (await send(server.port, await signed(shop, sampleOf(shop, 'paid'), { key }))).status;
}

test('After I corrected the key I have what was refused checked again, and see both results', async ({ page }) => {
  for (let sent = 0; sent < 3; sent += 1) expect(await deliver(SECOND)).toBe(401);
  expect(await deliver('neither the old key nor the new one, but long')).toBe(401);
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await replaceWith(page, SECOND, 'for 24 hours');
  await page.getByRole('button', { name: 'Check 4 refused postbacks again' }).dblclick();
  await expect(page.locator('#recheck')).toContainText('4 checked: 3 accepted, 1 not.');
  await expect(page.getByRole('button', { name: /refused postbacks again/ })).toHaveCount(0);

  await page.getByRole('link', { name: 'Open the postbacks' }).click();
  await expect(page.getByRole('link', { name: 'Accepted 3' })).toBeVisible();
  await page.goto(`${server.address}/postbacks?outcome=accepted`);
  await page.goto(server.address + (await hrefOf(postbackLinks(page).first())));
  const results = page.getByText('Checked again', { exact: true }).locator('..');
  await expect(results).toContainText('The token was signed with another key');
  await expect(results).toContainText(`Accepted when ${OWNER.name} had it checked again`);
});

test('I replace the secret, the old one goes on until I end it, and each postback says which signed it', async ({
  page,
}) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await expect(inForce(page)).toContainText('Strong');
  await replaceWith(page, SECOND, 'for 24 hours');
  await expect(card(page).getByRole('alert')).toContainText('Saved.');
  await expect(inForce(page)).toContainText(SECOND.slice(-4));
  await expect(previous(page)).toContainText(shop.key.slice(-4));
  await expect(previous(page)).toContainText('Counts until');
  expect([await deliver(shop.key), await deliver(SECOND)]).toEqual([200, 200]);

  await previous(page).getByRole('button', { name: 'End it now' }).click();
  await expect(previous(page)).toHaveCount(0);
  expect([await deliver(shop.key), await deliver(SECOND)]).toEqual([401, 200]);

  await page.goto(`${server.address}/postbacks?outcome=accepted`);
  const links = await postbackLinks(page).all();
  const pages = await Promise.all(links.map(hrefOf));
  const told: string[] = [];
  for (const path of pages) {
    await page.goto(server.address + path);
    const fact = page.locator('main').getByText('Secret', { exact: true }).locator('..');
    told.push(((await fact.textContent()) ?? '').match(/…(\w{4})/)?.[1] ?? '');
  }
  expect(told.sort()).toEqual([shop.key.slice(-4), SECOND.slice(-4), SECOND.slice(-4)].sort());
});

test('I am told how strong a secret is while I type, and one from the documentation is refused', async ({ page }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await card(page).getByText('Replace it').click();
  const field = page.getByLabel('New secret key');
  await field.fill('abcdefghijklmnopqrst');
  await expect(card(page)).toContainText('Strength of what is typed: Weak');
  await field.fill(SECOND);
  await expect(card(page)).toContainText('Strength of what is typed: Strong');
  await field.fill('your-256-bit-secret');
  await card(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText('stands in documentation');
  await field.fill(`"${SECOND}"`);
  await card(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page)).toContainText('Leave out the quotes');
  expect(await deliver(shop.key)).toBe(200);
});

test('I see the secret after my password, and it hides itself again', async ({ page }) => {
  await page.clock.install();
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await inForce(page).getByRole('button', { name: 'Show it' }).click();
  await page.getByLabel('Password').fill('not my password');
  await inForce(page).getByRole('button', { name: 'Show it' }).click();
  await expect(inForce(page)).toContainText('This is not your password.');
  await expect(inForce(page)).not.toContainText(shop.key);
  await page.getByLabel('Password').fill(OWNER.password);
  await inForce(page).getByRole('button', { name: 'Show it' }).click();
  await expect(inForce(page)).toContainText(shop.key);
  await page.clock.fastForward(31_000);
  await expect(inForce(page)).not.toContainText(shop.key);
  // Within ten minutes it is not asked for again.
  await inForce(page).getByRole('button', { name: 'Show it' }).click();
  await expect(inForce(page)).toContainText(shop.key);
  await inForce(page).getByRole('button', { name: 'Hide it' }).click();
  await expect(inForce(page)).not.toContainText(shop.key);
});

test('as a manager I recognise the secret and can neither see nor change it', async ({ page }) => {
  await signIn(page, server, MANAGER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await expect(inForce(page)).toContainText(shop.key.slice(-4));
  await expect(card(page).getByRole('button')).toHaveCount(0);
  expect(await page.content()).not.toContain(shop.key);
});

test('I issue another notification URL, both take postbacks until I end the old one, and archive the project', async ({
  page,
}) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  const old = await page.locator('[data-notification-url]').textContent();
  await page.getByText('Issue another URL').click();
  await page.getByLabel('Keep the old URL for').selectOption({ label: '7 days' });
  await page.getByRole('button', { name: 'Issue the URL' }).dblclick();
  await expect(page.getByText('The new URL is above.')).toBeVisible();
  const former = page.getByRole('region', { name: 'Replaced URLs' });
  await expect(former.getByRole('listitem')).toHaveCount(1);
  await expect(former).toContainText('No postback came to it lately.');
  const present = (await page.locator('[data-notification-url]').textContent()) ?? '';
  expect(present).not.toBe(old);
  const renewed = { ...shop, path: new URL(present).pathname };
  const post = async (at: Shop): Promise<number> =>
    (await send(server.port, await signed(at, sampleOf(at, 'paid'), { key: shop.key }))).status;
  expect([await post(shop), await post(renewed)]).toEqual([200, 200]);
  await page.reload();
  await expect(former).toContainText('A postback last came to it');
  await former.getByRole('button', { name: 'End now' }).click();
  await expect(former).toContainText('Whoever posts to it gets 404.');
  expect([await post(shop), await post(renewed)]).toEqual([404, 200]);

  await page.getByRole('button', { name: 'Archive the project' }).click();
  await expect(page.getByText('This project is archived')).toBeVisible();
  expect(await post(renewed)).toBe(200);
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).not.toHaveCount(0);
});
