import { type Browser, expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { test } from './app';
import {
  ACCOUNTANT,
  closePages,
  cookieHeader,
  fillSignIn,
  MANAGER,
  OWNER,
  type Person,
  SUPPORT,
  signIn,
  signInToOverview,
} from './desk';
import { send } from './http';
import type { Server } from './server';

let server: Server;

test.beforeAll(async ({ app }) => {
  await app.reset([], [OWNER, MANAGER, SUPPORT, ACCOUNTANT]);
  server = app.server;
});

test.afterAll(async ({ browser }) => {
  await closePages(browser);
});

async function openAccount(page: Page, person: Person): Promise<void> {
  await signInToOverview(page, server, person);
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('link', { name: 'My account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
}

async function elsewhere(browser: Browser, person: Person): Promise<Page> {
  const page = await browser.newPage();
  await signIn(page, server, person);
  return page;
}

test('I change my password, and my other browsers are signed out', async ({ browser, page }) => {
  await openAccount(page, SUPPORT);
  const other = await elsewhere(browser, SUPPORT);
  await page.getByLabel('Password now').fill('not this one');
  await page.getByLabel('New password').fill('a better password');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Password now').fill(SUPPORT.password);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Changed. Every other session has ended.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  await other.goto(`${server.address}/invoices`);
  await expect(other).toHaveURL(/\/sign-in/);
  await fillSignIn(other, SUPPORT.email, SUPPORT.password);
  await expect(other.getByText('The email or the password is wrong.')).toBeVisible();
  await fillSignIn(other, SUPPORT.email, 'a better password');
  await expect(other).toHaveURL(`${server.address}/invoices`);
});

test('I see where I am signed in, and sign out there one by one or everywhere', async ({ browser, page }) => {
  const first = await elsewhere(browser, MANAGER);
  const second = await elsewhere(browser, MANAGER);
  await openAccount(page, MANAGER);
  const lines = page.getByRole('listitem').filter({ hasText: 'Last seen' });
  await expect(lines).toHaveCount(3);
  await expect(lines.first()).toContainText('Chrome on Linux');
  await expect(lines.first()).toContainText('This browser');
  await page
    .getByRole('button', { name: /^Sign out Chrome/ })
    .first()
    .click();
  await expect(lines).toHaveCount(2);
  await second.goto(`${server.address}/invoices`);
  await expect(second).toHaveURL(/\/sign-in/);
  await first.goto(`${server.address}/invoices`);
  await expect(first).toHaveURL(`${server.address}/invoices`);

  const cookie = await cookieHeader(page.context());
  await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await first.goto(`${server.address}/invoices`);
  await expect(first).toHaveURL(/\/sign-in/);
  expect((await send(server.port, { path: '/api/live', method: 'HEAD', headers: { cookie } })).status).toBe(401);
});

/** What the telephone shows so many steps of half a minute from now. */
function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  return totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function turnOn(
  page: Page,
  person: Person,
): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
  await page.getByLabel('Your password').fill(person.password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: 'QR code for an authenticator app' })).toBeVisible();
  const secret = (await page.locator('[data-secret]').textContent()) ?? '';
  await page.getByLabel('Code of the app').fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText('This code is wrong or has run out.')).toBeVisible();
  await page.getByLabel('Code of the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText('It is on.')).toBeVisible();
  const shown = (await page.locator('[data-once]').textContent()) ?? '';
  return { secret, codes: shown.split('\n') };
}

test('I turn on a second factor, and a password alone opens nothing', async ({ browser, page }) => {
  await openAccount(page, ACCOUNTANT);
  const { secret, codes } = await turnOn(page, ACCOUNTANT);
  expect(codes).toHaveLength(10);
  await expect(page.getByText('10 left')).toBeVisible();

  const other = await browser.newPage();
  await other.goto(`${server.address}/sign-in?next=/invoices`);
  await fillSignIn(other, ACCOUNTANT.email, ACCOUNTANT.password);
  await expect(other.getByRole('heading', { name: 'Second step' })).toBeVisible();
  const between = await cookieHeader(other.context());
  expect((await send(server.port, { method: 'GET', path: '/invoices', headers: { cookie: between } })).status).toBe(
    307,
  );
  await enterCode(other, '000000');
  await expect(other.getByText('This code is wrong or was used already.')).toBeVisible();
  const code = codeOf(secret, 1);
  await enterCode(other, code);
  await expect(other).toHaveURL(`${server.address}/invoices`);

  await other.context().clearCookies();
  await other.goto(`${server.address}/sign-in`);
  await fillSignIn(other, ACCOUNTANT.email, ACCOUNTANT.password);
  await enterCode(other, code);
  await expect(other.getByText('This code is wrong or was used already.')).toBeVisible();
  await enterCode(other, codes[0] ?? '');
  await expect(other).toHaveURL(`${server.address}/`);
  await page.reload();
  await expect(page.getByText('9 left')).toBeVisible();
  await expect(page.locator('[data-once]')).toHaveCount(0);
});

test('next-auth’s own route asks for the code too', async () => {
  const jar = async (fields: Readonly<Record<string, string>>): Promise<string> => {
    const asked = await fetch(`${server.address}/api/auth/csrf`);
    const { csrfToken }: { csrfToken: string } = await asked.json();
    const cookie = asked.headers.getSetCookie().map((line) => line.split(';')[0]);
    const answered = await fetch(`${server.address}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { cookie: cookie.join('; ') },
      body: new URLSearchParams({ ...fields, csrfToken }),
      redirect: 'manual',
    });
    return answered.headers.getSetCookie().join('\n');
  };
  const { email, password } = ACCOUNTANT;
  expect(await jar({ email, password })).not.toContain('session-token=');
  expect(await jar({ email, password, code: '000000' })).not.toContain('session-token=');
  expect(await jar({ ticket: `${Date.now() + 60_000}.${crypto.randomUUID()}.x`, code: '000000' })).not.toContain(
    'session-token=',
  );
});

test('as owner I remove the second factor of somebody who lost the telephone', async ({ page, browser }) => {
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/staff`);
  await expect(page.getByRole('row', { name: ACCOUNTANT.name })).toContainText('On');
  await page.getByRole('link', { name: ACCOUNTANT.name }).click();
  await page.getByRole('button', { name: 'Remove the second factor' }).click();
  await expect(page.getByRole('button', { name: 'Remove the second factor' })).toHaveCount(0);
  await elsewhere(browser, ACCOUNTANT);
});

test('I turn my own off again with my password', async ({ page }) => {
  await openAccount(page, OWNER);
  await page.getByLabel('Your password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await turnOn(page, OWNER);
  await page.getByLabel('Your password').fill('not this one');
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(OWNER.password);
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await expect(page.getByText('The old codes are of no more use.')).toBeVisible();
  await page.getByLabel('Your password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect(page.getByText('It is off.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set it up' })).toBeVisible();
});
