import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { MANAGER, OWNER, SUPPORT, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let shops: readonly Shop[];

/** Sees only the first project. */
const LIMITED = { ...MANAGER, name: 'Lina Limited', email: 'limited@shop.example', projects: [0] };

test.beforeAll(async ({ app }) => {
  const projects = [
    { provider: 'trybit', name: 'Quiet' },
    { provider: 'cryptocloud', name: 'Selling' },
    { provider: 'novapay', name: 'Parcels' },
    { provider: 'trybit', name: 'Secretless', withoutSecret: true },
  ];
  shops = await app.reset(projects, [OWNER, MANAGER, SUPPORT, LIMITED]);
  server = app.server;
});

function shopAt(index: number): Shop {
  const shop = shops[index];
  if (!shop) throw new Error('The project was not made');
  return shop;
}

async function openDoctor(page: Page, shop: Shop): Promise<void> {
  await page.goto(`${server.address}/settings/projects/${shop.id}`);
  await page.getByRole('link', { name: 'Doctor' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Doctor: / })).toBeVisible();
}

/** The line under one heading. */
function finding(page: Page, title: string): Locator {
  return page
    .getByRole('list', { name: 'Findings' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

test('before anything came I am told that nothing is known, and what to do', async ({ page }) => {
  await signIn(page, server, OWNER);
  await openDoctor(page, shopAt(0));
  for (const title of ['Reached from outside', 'Secret accepted', 'Redirects', 'Clock', 'Silence'])
    await expect(finding(page, title)).toContainText('Unknown');
  await expect(finding(page, 'Reached from outside')).toContainText('Paste the notification URL at Trybit.');
  await expect(finding(page, 'Database')).toContainText('It answered in');
});

test('I send a test postback from there, and it is not taken for the provider’s', async ({ page }) => {
  await signIn(page, server, MANAGER);
  await openDoctor(page, shopAt(0));
  await page.getByRole('button', { name: 'Send a test postback' }).click();
  await expect(page.getByText('Answered 200: Postback received')).toBeVisible();
  await page.reload();
  await expect(finding(page, 'Reached from outside')).toContainText('Only test postbacks came');
  await expect(finding(page, 'Reached from outside')).toContainText('Unknown');
});

test('a test postback ends no onboarding, and deliveries name the provider that they come with', async ({ page }) => {
  await signIn(page, server, LIMITED);
  await openDoctor(page, shopAt(0));
  await page.getByRole('button', { name: 'Send a test postback' }).click();
  await expect(page.getByText('Answered 200: Postback received')).toBeVisible();
  await page.goto(`${server.address}/`);
  await expect(page.getByText('Waiting for the first postback', { exact: true })).toBeVisible();
  await expect(page.getByText('The provider has not sent any yet')).toBeVisible();
  await page.goto(`${server.address}/deliveries`);
  await expect(page.getByText('No project with deliveries', { exact: true })).toBeVisible();
});

test('a signed postback turns the lines green, and each leads to it', async ({ page }) => {
  const shop = shopAt(1);
  await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
  await signIn(page, server, OWNER);
  await openDoctor(page, shop);
  for (const title of ['Reached from outside', 'Secret accepted', 'Redirects', 'Clock'])
    await expect(finding(page, title)).toContainText('Good');
  await finding(page, 'Clock')
    .getByRole('link', { name: /^the postback of / })
    .click();
  await expect(page).toHaveURL(/\/postbacks\/[\da-f-]{36}$/);
  await expect(page.getByText('Signed by the provider')).toBeVisible();
});

test('with the wrong key I am asked whether it is the API KEY, and find the refused postback', async ({ page }) => {
  const shop = shopAt(1);
  await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
  await send(server.port, await signed(shop, sampleOf(shop, 'paid'), { key: 'x'.repeat(36) }));
  await signIn(page, server, OWNER);
  await openDoctor(page, shop);
  const line = finding(page, 'Secret accepted');
  await expect(line).toContainText('Bad');
  await expect(line).toContainText('1 postback signed with another key');
  await expect(line).toContainText('Is the API KEY pasted instead of the SECRET KEY?');
  await line.getByRole('link', { name: /^the postback of / }).click();
  await expect(page.getByText('The token was signed with another key.')).toBeVisible();
  await page.getByRole('link', { name: 'Open the doctor page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Doctor: Selling' })).toBeVisible();
});

test('a GET at the notification URL points to a redirect while no postback comes, and no longer than that', async ({
  page,
}) => {
  const shop = shopAt(2);
  const project = `${server.address}/settings/projects/${shop.id}`;
  await send(server.port, { path: shop.path, method: 'GET', headers: { 'user-agent': 'UptimeRobot/2.0' } });
  await signIn(page, server, OWNER);
  await openDoctor(page, shop);
  await expect(finding(page, 'Redirects')).toContainText('Attention');
  await expect(finding(page, 'Redirects')).toContainText('1 GET at the notification URL within 7 days');
  await expect(finding(page, 'Redirects')).toContainText('something redirects');
  await expect(finding(page, 'Clock')).toContainText('The signatures of NovaPay tell no time');
  await page.goto(project);
  await expect(page.getByText('No postbacks are coming, only GET requests')).toBeVisible();

  await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
  await page.goto(project);
  await expect(page.getByText('The notification URL was opened with GET', { exact: true })).toBeVisible();
  await expect(page.getByText('by “UptimeRobot/2.0”')).toBeVisible();
  await page.goto(`${project}/doctor`);
  await expect(finding(page, 'Redirects')).toContainText('nothing points to a redirect');
});

test('an owner sees sender and signature of a postback, and support does not', async ({ page }) => {
  const shop = shopAt(2);
  const request = await signed(shop, sampleOf(shop, 'paid'));
  await send(server.port, request);
  await signIn(page, server, OWNER);
  await openDoctor(page, shop);
  await finding(page, 'Reached from outside').getByRole('link').click();
  await expect(page.getByText('Sender address')).toBeVisible();
  await expect(page.getByText(request.headers?.['x-sign-v2'] ?? 'no signature')).toBeVisible();
  const address = page.url();
  await page.context().clearCookies();
  await signIn(page, server, SUPPORT);
  await page.goto(address);
  await expect(page.getByText('Raw bodies are for owners and managers.')).toBeVisible();
  await expect(page.getByText('Sender address')).toHaveCount(0);
  await expect(page.getByText(request.headers?.['x-sign-v2'] ?? '')).toHaveCount(0);
});

test('without a secret the page says so first of all', async ({ page }) => {
  await signIn(page, server, OWNER);
  await openDoctor(page, shopAt(3));
  await expect(finding(page, 'Secret accepted')).toContainText('every postback of Trybit is refused');
  await finding(page, 'Secret accepted').getByRole('link', { name: 'the project’s settings' }).click();
  await expect(page).toHaveURL(/#secret$/);
});

test('the doctor is for owners and managers, and only for their own projects', async ({ page }) => {
  const path = (shop: Shop): string => `${server.address}/settings/projects/${shop.id}/doctor`;
  await signIn(page, server, SUPPORT);
  expect((await page.goto(path(shopAt(0))))?.status()).toBe(403);
  await page.context().clearCookies();
  await signIn(page, server, LIMITED);
  expect((await page.goto(path(shopAt(0))))?.status()).toBe(200);
  const theirs = await page.goto(path(shopAt(1)));
  expect(theirs?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  const nobodys = `${server.address}/settings/projects/00000000-0000-4000-8000-000000000000/doctor`;
  expect((await page.goto(nobodys))?.status()).toBe(404);
});
