import { type Browser, expect, type Page } from '@playwright/test';
import { test } from './app';
import {
  closePages,
  cookieHeader,
  fillSignIn,
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

/** Signs in nowhere else: the test of a forgotten password leaves another one behind. */
const FORGETFUL = { ...SUPPORT, name: 'Rita Forgetful', email: 'rita@shop.example' };

let server: Server;

test.beforeAll(async ({ app }) => {
  const projects = [
    { provider: 'cryptocloud', name: 'First shop' },
    { provider: 'cryptocloud', name: 'Second shop' },
  ];
  const shops = await app.reset(projects, [OWNER, MANAGER, SUPPORT, FORGETFUL]);
  server = app.server;
  for (const shop of shops) await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
});

test.afterAll(async ({ browser }) => {
  await closePages(browser);
});

async function asOwner(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await signIn(page, server, OWNER);
  return page;
}

async function openMember(page: Page, name: string): Promise<void> {
  await page.goto(`${server.address}/settings/staff`);
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function inviteBy(page: Page, email: string, projects: readonly string[]): Promise<string> {
  await page.goto(`${server.address}/settings/staff`);
  await page.getByRole('link', { name: 'Invite somebody' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Role').selectOption('Support');
  await page.getByLabel('Only these').check();
  for (const project of projects) await page.getByLabel(project).check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText(`The invitation for ${email} is ready.`)).toBeVisible();
  return (await page.locator('[data-once]').textContent()) ?? '';
}

test('I invite somebody by a link, and they begin with what I gave them', async ({ browser, page }) => {
  const owner = await asOwner(browser);
  const link = await inviteBy(owner, 'nina@shop.example', ['First shop']);
  expect(link).toMatch(/\/invitation\/[\w-]{32}$/);
  await owner.goto(`${server.address}/settings/staff`);
  await expect(owner.getByText('nina@shop.example')).toBeVisible();
  expect(await owner.content()).not.toContain(link.split('/').at(-1));

  await page.goto(link);
  await expect(page.getByLabel('Email')).toHaveValue('nina@shop.example');
  await page.getByLabel('Your name').fill('Nina');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('A password has at least 10 characters; this one has 5.')).toBeVisible();
  await page.getByLabel('Password').fill('two green parrots');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page).toHaveURL(`${server.address}/`);
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).toHaveCount(1);

  const late = await browser.newPage();
  await late.goto(link);
  await expect(late.getByRole('heading', { name: 'This link is of no more use' })).toBeVisible();
  await owner.goto(`${server.address}/settings/staff`);
  await expect(owner.getByRole('row', { name: /Nina/ })).toContainText('1 project');
  await expect(owner.getByText('Invited, not here yet')).toHaveCount(0);
});

test('I reset a colleague’s password by a link that works once and signs them out', async ({ browser, page }) => {
  await signIn(page, server, FORGETFUL);
  const owner = await asOwner(browser);
  await openMember(owner, FORGETFUL.name);
  await owner.getByRole('button', { name: 'Make a reset link' }).click();
  await expect(owner.getByText(`The link for ${FORGETFUL.name} is ready.`)).toBeVisible();
  const link = (await owner.locator('[data-once]').textContent()) ?? '';
  expect(link).toMatch(/\/reset-password\/[\w-]{32}$/);
  await owner.reload();
  await expect(owner.getByText('A link is open until')).toBeVisible();
  expect(await owner.content()).not.toContain(link.split('/').at(-1));

  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.getByLabel('Email')).toHaveValue(FORGETFUL.email);
  await elsewhere.getByLabel('New password').fill('short');
  await elsewhere.getByRole('button', { name: 'Set the password' }).click();
  await expect(elsewhere.getByText('A password has at least 10 characters; this one has 5.')).toBeVisible();
  await elsewhere.getByLabel('New password').fill('Password123!');
  await elsewhere.getByRole('button', { name: 'Set the password' }).click();
  await expect(elsewhere.getByText('This password is among those that are tried first.')).toBeVisible();
  await elsewhere.getByLabel('New password').fill('seven red foxes');
  await elsewhere.getByRole('button', { name: 'Set the password' }).click();
  await expect(elsewhere).toHaveURL(`${server.address}/`);

  await page.goto(`${server.address}/invoices`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
});

test('I change the time zone after my password, and every page follows', async ({ browser }) => {
  const owner = await asOwner(browser);
  await owner.goto(`${server.address}/settings/general`);
  await owner.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await owner.getByLabel('Current password').fill('not my password');
  await owner.getByRole('button', { name: 'Change the time zone' }).click();
  await expect(owner.getByText('This is not your password.')).toBeVisible();
  await owner.getByLabel('Current password').fill(OWNER.password);
  await owner.getByRole('button', { name: 'Change the time zone' }).click();
  await expect(owner.getByText('The time zone is Asia/Tokyo.')).toBeVisible();
  await owner.goto(server.address);
  await expect(owner.getByText('Days in Asia/Tokyo')).toBeVisible();
});

test('I revoke a link before it is used', async ({ browser, page }) => {
  const owner = await asOwner(browser);
  const link = await inviteBy(owner, 'gone@shop.example', []);
  await owner.goto(`${server.address}/settings/staff`);
  await owner.getByRole('button', { name: 'Revoke the invitation of gone@shop.example' }).click();
  await expect(owner.getByText('gone@shop.example')).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link is of no more use' })).toBeVisible();
});

test('another role and other projects count from the next click on', async ({ browser, page }) => {
  await signIn(page, server, MANAGER);
  await page.goto(`${server.address}/postbacks`);
  await expect(page.getByRole('heading', { level: 1, name: 'Postbacks' })).toBeVisible();
  const owner = await asOwner(browser);
  await openMember(owner, MANAGER.name);
  await owner.getByLabel('Role').selectOption('Accountant');
  await owner.getByLabel('Only these').check();
  await owner.getByLabel('Second shop').check();
  await owner.getByRole('button', { name: 'Save' }).click();
  await expect(owner.getByText('Saved.')).toBeVisible();
  expect((await page.goto(`${server.address}/postbacks`))?.status()).toBe(403);
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).toHaveCount(1);
});

test('who is disabled is out at once, with the stream that was open, and comes back when enabled', async ({
  browser,
  page,
}) => {
  await signIn(page, server, SUPPORT);
  const cookie = await cookieHeader(page.context());
  const stream = await fetch(`${server.address}/api/live`, { headers: { cookie } });
  const ended = readToEnd(stream);
  const owner = await asOwner(browser);
  await openMember(owner, SUPPORT.name);
  await owner.getByRole('button', { name: 'Disable' }).click();
  await expect(owner.getByText('Disabled. Whatever they had open')).toBeVisible();
  expect(await ended).toContain('event: ended');
  await page.goto(`${server.address}/invoices`);
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, SUPPORT.email, SUPPORT.password);
  await expect(page.getByText('The email or the password is wrong.')).toBeVisible();
  await owner.getByRole('button', { name: 'Enable' }).click();
  await expect(owner.getByText('Enabled. They can sign in')).toBeVisible();
  expect((await send(server.port, { method: 'GET', path: '/invoices', headers: { cookie } })).status).toBe(307);
  await fillSignIn(page, SUPPORT.email, SUPPORT.password);
  await expect(page).toHaveURL(`${server.address}/invoices`);
});

async function readToEnd(response: Response): Promise<string> {
  let text = '';
  for await (const piece of response.body ?? []) text += Buffer.from(piece).toString();
  return text;
}

test('the last owner can be neither disabled nor given another role', async ({ browser }) => {
  const owner = await asOwner(browser);
  await openMember(owner, OWNER.name);
  await owner.getByRole('button', { name: 'Disable' }).click();
  await expect(owner.getByText('This is the last owner.')).toBeVisible();
  await owner.getByLabel('Role').selectOption('Manager');
  await owner.getByRole('button', { name: 'Save' }).click();
  await expect(owner.getByText('This is the last owner.')).toHaveCount(2);
});

test('a copied cookie opens nothing once I have signed out', async ({ page }) => {
  await signInToOverview(page, server, OWNER);
  const cookie = await cookieHeader(page.context());
  expect((await send(server.port, { method: 'GET', path: '/invoices', headers: { cookie } })).status).toBe(200);
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await send(server.port, { method: 'GET', path: '/invoices', headers: { cookie } })).status).toBe(307);
  expect((await send(server.port, { path: '/api/live', method: 'HEAD', headers: { cookie } })).status).toBe(401);
});

/** By next-auth’s own route, from an address that the proxy in front names. */
async function knock(address: string, email: string, password: string): Promise<boolean> {
  const forwarded = { 'x-forwarded-for': address };
  const asked = await fetch(`${server.address}/api/auth/csrf`, { headers: forwarded });
  const { csrfToken }: { csrfToken: string } = await asked.json();
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const answered = await fetch(`${server.address}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...forwarded, cookie },
    body: new URLSearchParams({ email, password, csrfToken }),
    redirect: 'manual',
  });
  return answered.headers.getSetCookie().some((line) => line.includes('session-token='));
}

test('a stranger who guesses my password closes the door to themselves and not to me', async ({ page }) => {
  for (let times = 0; times < 10; times += 1)
    expect(await knock('203.0.113.5', OWNER.email, `guess ${times}`)).toBe(false);
  expect(await knock('203.0.113.5', OWNER.email, OWNER.password)).toBe(false);
  expect(await knock('203.0.113.6', OWNER.email, OWNER.password)).toBe(true);

  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.5' });
  await page.goto(`${server.address}/sign-in`);
  for (const email of [OWNER.email, 'nobody@shop.example']) {
    for (let times = 0; times < 10; times += 1) await knock('203.0.113.5', email, 'wrong');
    await fillSignIn(page, email, OWNER.password);
    await expect(page.getByText('Too many failed attempts. Wait 15 minutes, then try again.')).toBeVisible();
  }
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' });
  await signIn(page, server, OWNER);
});
