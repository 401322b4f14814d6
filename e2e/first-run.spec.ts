import { expect, type Page } from '@playwright/test';
import { test } from './app';
import { fresh, providerOf } from './deployment';
import { expectLive, fillSetup, fillSignIn, invoiceLinks, OWNER, setupLink } from './desk';
import { type Server, startServer } from './server';

const PROVIDERS = [
  { id: 'cryptocloud', label: 'CryptoCloud', name: 'Coins' },
  { id: 'cryptocloud-v1', label: 'CryptoCloud API v1', name: 'Old coins' },
  { id: 'trybit', label: 'Trybit', name: 'Bits' },
  { id: 'novapay', label: 'NovaPay', name: 'Parcels' },
] as const;

test('I start it on an empty folder, make my account with the printed link, connect four providers and watch test postbacks arrive', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const deployment = fresh();
  const server = await startServer(deployment.settings);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.address });

  await test.step('the link makes the owner’s account', async () => {
    await page.goto(setupLink(server));
    await fillSetup(page, OWNER);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await expect(page).toHaveURL(`${server.address}/settings/projects/new`);
  });

  const invoices = await context.newPage();
  for (const [index, project] of PROVIDERS.entries()) {
    await test.step(`a project of ${project.label}`, async () => {
      await addProject(page, server, project);
      await copyUrl(page, server);
      if (index === 0) await openInvoices(invoices, server);
      await page.getByRole('button', { name: 'Send a test postback' }).click();
      await expect(page.getByText(/Postback received/)).toBeVisible();
      await expect(invoiceLinks(invoices)).toHaveCount(index + 1);
      expect(await wasNotReloaded(invoices)).toBe(true);
    });
  }

  await test.step('the invoice opens, marked as a test', async () => {
    await page.getByRole('link', { name: 'Open the invoice' }).click();
    await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
    await expect(page.getByText('Test', { exact: true }).first()).toBeVisible();
  });

  await test.step('the link is of no more use', async () => {
    await page.goto(setupLink(server));
    await expect(page.getByRole('heading', { name: 'This deployment already has an owner' })).toBeVisible();
  });
  await server.stop();
  await deployment.remove();
});

test('I cannot make an account without the link, and of two who use it at once one becomes the owner', async ({
  app,
  browser,
}) => {
  await app.reset([]);
  const { server } = app;
  const [mine, theirs] = [await browser.newPage(), await browser.newPage()];

  await mine.goto(`${server.address}/setup`);
  await expect(mine.getByRole('heading', { name: 'The first-run link is needed' })).toBeVisible();
  await mine.goto(`${server.address}/setup?token=guessed`);
  await expect(mine.getByRole('heading', { name: 'The first-run link is needed' })).toBeVisible();

  for (const [page, email] of [
    [mine, 'first@shop.example'],
    [theirs, 'second@shop.example'],
  ] as const) {
    await page.goto(setupLink(server));
    await fillSetup(page, { ...OWNER, email });
  }
  const create = (page: Page): Promise<void> => page.getByRole('button', { name: 'Create the account' }).click();
  await Promise.all([create(mine), create(theirs)]);
  const ends = await Promise.all([endOfSetup(mine), endOfSetup(theirs)]);
  expect([...ends].sort()).toEqual(['owner', 'refused']);
  await Promise.all([mine.close(), theirs.close()]);
});

test('I hear the same when my password is wrong and when I have no account', async ({ app, page }) => {
  await app.reset([]);
  const { server } = app;
  await page.goto(setupLink(server));
  await fillSetup(page, OWNER);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page).toHaveURL(`${server.address}/settings/projects/new`);
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  const heard: string[] = [];
  for (const email of [OWNER.email, 'nobody@shop.example']) {
    await page.goto(`${server.address}/sign-in`);
    await fillSignIn(page, email, 'not the password');
    heard.push((await page.locator('p[role="alert"]').textContent()) ?? '');
  }
  expect(heard).toEqual(['The email or the password is wrong.', 'The email or the password is wrong.']);
  await fillSignIn(page, OWNER.email, OWNER.password);
  await expect(page).toHaveURL(`${server.address}/`);
});

async function addProject(page: Page, server: Server, project: (typeof PROVIDERS)[number]): Promise<void> {
  const { verify } = providerOf(project.id).createCredential();
  await page.goto(`${server.address}/settings/projects/new`);
  await page.getByLabel('Name', { exact: true }).fill(project.name);
  await page.locator(`input[name="provider"][value="${project.id}"]`).check();
  await page.locator(`[name="credential-${project.id}"]`).fill(verify);
  await page.getByRole('button', { name: 'Add the project' }).click();
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
}

async function copyUrl(page: Page, server: Server): Promise<void> {
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(new RegExp(`^${server.address}/api/postbacks/[A-Za-z0-9_-]{32}$`));
}

async function openInvoices(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.address}/invoices`);
  await expect(page.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible();
  await expectLive(page);
  await page.evaluate(() => Object.assign(window, { openedOnce: true }));
}

/** A reload would have made another document. */
async function wasNotReloaded(page: Page): Promise<boolean> {
  return page.evaluate(() => 'openedOnce' in window);
}

async function endOfSetup(page: Page): Promise<'owner' | 'refused'> {
  const refused = page.getByText('This deployment already has an owner');
  await expect(refused.or(page.getByRole('heading', { name: 'Add a project' }))).toBeVisible();
  return (await refused.isVisible()) ? 'refused' : 'owner';
}
