import { type Browser, expect, type Page } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import { hrefOf, invoiceLinks, OWNER, signIn } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

let server: Server;
let shop: Shop;

test.beforeAll(async ({ app }) => {
  const [made] = await app.reset([{ provider: 'cryptocloud', name: 'Крамниця' }], [OWNER]);
  if (!made) throw new Error('The project was not made');
  shop = made;
  server = app.server;
  const amount = { ...sampleOf(shop, 'paid'), amount_crypto: '1234.560001' };
  await send(server.port, await signed(shop, amount));
  await send(server.port, await signed(shop, sampleOf(shop, 'paid'), { key: 'x'.repeat(36) }));
});

const TITLE = { en: 'Invoices', uk: 'Рахунки', pt: 'Faturas' } as const;
const TAG = { en: 'en', uk: 'uk', pt: 'pt-PT' } as const;
const NAME = { en: 'English', uk: 'Українська', pt: 'Português' } as const;
type Language = keyof typeof TITLE;
const LANGUAGES: readonly Language[] = ['en', 'uk', 'pt'];

/** A browser whose owner reads these languages. */
async function reader(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ locale });
  return context.newPage();
}

/** Through the page in any language: by what the fields are, not by what they are called. */
async function enter(page: Page): Promise<void> {
  await page.goto(`${server.address}/sign-in`);
  await page.locator('input[name="email"]').fill(OWNER.email);
  await page.locator('input[name="password"]').fill(OWNER.password);
  await page.locator('input[name="password"]').press('Enter');
  await expect(page).toHaveURL(`${server.address}/`);
}

async function choose(page: Page, language: Language): Promise<void> {
  await page.locator('button[popovertarget="person-menu"]').click();
  await page.getByRole('button', { name: NAME[language], exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', TAG[language]);
}

test('the desk speaks the language of my browser', async ({ browser }) => {
  for (const [locale, language] of [
    ['uk-UA', 'uk'],
    ['pt-BR', 'pt'],
    ['pt-PT', 'pt'],
    ['de-DE', 'en'],
  ] as const) {
    const page = await reader(browser, locale);
    await enter(page);
    await page.goto(`${server.address}/invoices`);
    await expect(page.locator('html')).toHaveAttribute('lang', TAG[language]);
    await expect(page.getByRole('heading', { level: 1, name: TITLE[language] })).toBeVisible();
    await page.context().close();
  }
});

test('I choose another language before I sign in, and it is remembered', async ({ browser }) => {
  const page = await reader(browser, 'en-US');
  await page.goto(`${server.address}/sign-in`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByRole('button', { name: 'Українська' }).click();
  await expect(page.getByRole('button', { name: 'Увійти' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Українська' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByLabel('Електронна пошта')).toHaveValue(OWNER.email);
  await enter(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Огляд' })).toBeVisible();
  await page.context().close();
});

test('I switch the language in my menu, and the page stays where it is', async ({ browser }) => {
  const page = await reader(browser, 'en-US');
  await signIn(page, server, OWNER);
  const address = `${server.address}/invoices?status=paid`;
  await page.goto(address);
  for (const language of ['pt', 'uk', 'en'] as const) {
    await choose(page, language);
    await expect(page).toHaveURL(address);
    await expect(page.getByRole('heading', { level: 1, name: TITLE[language] })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: TITLE[language] })).toBeVisible();
  }
  await page.context().close();
});

test('a link I send shows a colleague the same thing in their language', async ({ browser }) => {
  const mine = await reader(browser, 'uk-UA');
  await signIn(mine, server, OWNER);
  await mine.goto(`${server.address}/invoices`);
  const path = await hrefOf(mine.getByRole('link', { name: /^Відкрити рахунок / }).first());
  await mine.goto(server.address + path);
  const theirs = await reader(browser, 'en-US');
  await signIn(theirs, server, OWNER);
  await theirs.goto(mine.url());
  await expect(theirs.getByRole('heading', { name: 'Timeline' })).toBeVisible();
  await expect(mine.getByRole('heading', { name: 'Хронологія' })).toBeVisible();
  await mine.context().close();
  await theirs.context().close();
});

test('amounts have my separators and all their digits, and copy plain', async ({ browser }) => {
  for (const language of LANGUAGES) {
    const page = await reader(browser, TAG[language]);
    await signIn(page, server, OWNER);
    await page.goto(`${server.address}/invoices`);
    const amount = page
      .getByTitle('1234.560001 USDT_TRC20')
      .or(page.getByTitle(/^1234\.560001 /))
      .first();
    await expect(amount).toContainText(language === 'en' ? '1\u202f234.560001' : '1\u202f234,560001');
    await page.context().close();
  }
});

test('why a postback was refused is explained in my language', async ({ browser }) => {
  const page = await reader(browser, 'uk-UA');
  await signIn(page, server, OWNER);
  await page.goto(`${server.address}/postbacks?outcome=refused`);
  const path = await hrefOf(page.getByRole('link', { name: /^Відкрити постбек / }).first());
  await page.goto(server.address + path);
  await expect(page.getByText('Токен підписано іншим ключем.')).toBeVisible();
  await expect(page.getByText('Чи не вставлено API KEY замість SECRET KEY?')).toBeVisible();
  await expect(page.getByText('Наступний крок')).toBeVisible();
  await page.context().close();
});

test('nothing is drawn twice and nothing complains, whatever the language', async ({ browser }) => {
  for (const language of LANGUAGES) {
    const page = await reader(browser, TAG[language]);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await signIn(page, server, OWNER);
    for (const path of ['/', '/invoices', '/postbacks', '/settings/projects', `/settings/projects/${shop.id}/doctor`]) {
      await page.goto(server.address + path);
      await expect(page.locator('[data-live="live"]')).toBeAttached();
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }
});

test('no word of the catalogues is sent to the browser but those that it shows', async ({ page }) => {
  await signIn(page, server, OWNER);
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.text());
  });
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page).first()).toBeVisible();
  const loaded = (await Promise.all(scripts)).join('\n');
  expect(loaded.length).toBeGreaterThan(10_000);
  for (const word of ['Чому накладну не створено', 'The token was signed with another key', 'Porque falhou a guia'])
    expect(loaded).not.toContain(word);
  expect(await page.content()).not.toContain('The token was signed with another key');
});
