import { expect, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import {
  ACCOUNTANT,
  cookieHeader,
  expectLive,
  hrefOf,
  invoiceLinks,
  MANAGER,
  OWNER,
  SUPPORT,
  signIn,
  signInToOverview,
} from './desk';
import { type Answered, send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

const LIMITED = { ...MANAGER, name: 'Lina Limited', email: 'limited@shop.example', projects: [1] };

let server: Server;
let shops: readonly Shop[];

test.beforeAll(async ({ app, browser }) => {
  const projects = [
    { provider: 'novapay', name: 'Parcels' },
    { provider: 'cryptocloud', name: 'Coins' },
  ];
  shops = await app.reset(projects, [OWNER, MANAGER, SUPPORT, ACCOUNTANT, LIMITED]);
  server = app.server;
  const [nova] = shops as [Shop];
  await send(server.port, await signed(nova, sampleOf(nova, 'card')));
  const page = await browser.newPage();
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/projects/${nova.id}`);
  await page.getByLabel('Name').fill('Boxes');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByText('Renamed.')).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, server, SUPPORT);
  await page.goto(`${server.address}/invoices`);
  await page.goto(server.address + (await hrefOf(invoiceLinks(page).first())));
  await page.getByLabel('Note').fill('She called.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('She called.')).toBeVisible();
  await page.close();
});

function acts(page: Page) {
  return page.getByRole('region', { name: 'Acts' }).locator('tbody tr');
}

test('as the owner I see who did what, and open what changed', async ({ page }) => {
  await signInToOverview(page, server, OWNER);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Audit log' }).click();
  const renamed = acts(page).filter({ hasText: 'Renamed a project' });
  await expect(renamed).toContainText('Olena Owner');
  await expect(acts(page).filter({ hasText: 'Wrote a note on an invoice' })).toContainText('Sofia Support');
  await renamed.getByRole('link', { name: /^Open the act of / }).click();
  const panel = page.getByRole('complementary', { name: 'Act in detail' });
  await expect(panel.locator('del')).toContainText('Parcels');
  await expect(panel.locator('ins')).toContainText('Boxes');
  await expect(panel).toContainText(OWNER.email);
  await expect(panel).toContainText(/127\.0\.0\.1|::1/);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('I find acts by who, by action, by text and by period', async ({ page }) => {
  await signIn(page, server, OWNER);
  const list = `${server.address}/settings/audit`;
  await page.goto(list);
  await expectLive(page);
  const before = await acts(page).count();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('Sofia Support');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(acts(page).filter({ hasText: 'Olena Owner' })).toHaveCount(0);
  await expect(acts(page).filter({ hasText: 'Wrote a note on an invoice' })).toHaveCount(1);
  await page.getByRole('link', { name: 'Clear', exact: true }).click();
  await expect(acts(page)).toHaveCount(before);
  await page.getByRole('combobox', { name: 'Action' }).selectOption('Renamed a project');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(acts(page)).toHaveCount(1);
  await page.goto(`${list}?q=Boxes`);
  await expect(acts(page)).not.toHaveCount(0);
  await page.goto(`${list}?from=2001-01-01&to=2001-02-01`);
  await expect(page.getByText('No act matches')).toBeVisible();
  await page.goto(`${list}?who=somebody&action=%3Cb%3E`);
  await expect(page.getByText('“somebody” cannot be used for “who”, so that filter is off.')).toBeVisible();
});

test('as support and as accountant I see my own acts and nobody else’s', async ({ page }) => {
  await signIn(page, server, SUPPORT);
  await page.goto(`${server.address}/settings/audit`);
  await expect(acts(page).filter({ hasText: 'Wrote a note on an invoice' })).toHaveCount(1);
  await expect(acts(page).filter({ hasNotText: 'Sofia Support' })).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/settings`);
  await expect(page).toHaveURL(`${server.address}/settings/audit`);
  await expect(acts(page)).toHaveText([/Andrii Accountant.*Signed in/]);
});

test('as a manager of one project I see nothing of another', async ({ page }) => {
  await signIn(page, server, LIMITED);
  await page.goto(`${server.address}/settings/audit`);
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Boxes');
  await expect(page.getByRole('main')).not.toContainText('Sofia');
});

test('the file of the same query has the same acts, for whom there is one', async ({ page }) => {
  const file = async (path: string): Promise<Answered> =>
    send(server.port, { method: 'GET', path, headers: { cookie: await cookieHeader(page.context()) } });
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/settings/audit?action=project.rename`);
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  const { status, text } = await file('/api/exports/audit.csv?action=project.rename');
  const [header, row, end] = text.split('\r\n');
  expect([status, end]).toEqual([200, '']);
  expect(header).toMatch(
    /^entry_id,at_utc,at_local,timezone,staff_id,name,email,role,project,action,object,before,after,/,
  );
  expect(row).toContain('"{""name"": ""Parcels""}","{""name"": ""Boxes""}"');
  await page.context().clearCookies();
  await signIn(page, server, ACCOUNTANT);
  expect((await file('/api/exports/audit.csv?action=project.rename')).text.split('\r\n')).toHaveLength(2);
  await page.context().clearCookies();
  await signIn(page, server, SUPPORT);
  expect((await file('/api/exports/audit.csv')).status).toBe(403);
});

test('the operator is told that the chain holds', async ({ app }) => {
  const { code, stdout } = await app.admin('audit', 'verify');
  expect(code).toBe(0);
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(said).toEqual({ holds: true, entries: expect.any(Number), head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const cut = await app.admin('audit', 'verify', '--head', 'a'.repeat(64));
  expect([cut.code, cut.stdout]).toEqual([1, '']);
  expect(cut.stderr).toContain('The audit log does not hold');
});
