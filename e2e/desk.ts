import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import type { WantedStaff } from './deployment';
import type { Server } from './server';

/** What people do on every screen. */

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const OWNER: WantedStaff = person('Olena Owner', 'owner');
export const MANAGER: WantedStaff = person('Marko Manager', 'manager');
export const SUPPORT: WantedStaff = person('Sofia Support', 'support');
export const ACCOUNTANT: WantedStaff = person('Andrii Accountant', 'accountant');

function person(name: string, role: WantedStaff['role']): WantedStaff {
  return { name, role, email: `${role}@shop.example`, password: `a long password of the ${role}` };
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Gives the browser a new session without showing a page. */
export async function signIn(page: Page, server: Server, person: Person): Promise<void> {
  await newSession(page.context().request, server, person);
}

/** The same, on the overview and ready for the keyboard. */
export async function signInToOverview(page: Page, server: Server, person: Person): Promise<void> {
  await signIn(page, server, person);
  await page.goto(server.address);
  await expectLive(page);
}

/** The cookie header of a new session, which is also what the requests of this context carry from now on. */
export async function newSession(
  request: APIRequestContext,
  { address }: Server,
  { email, password }: Person,
): Promise<string> {
  const asked = await request.get(`${address}/api/auth/csrf`);
  const { csrfToken }: { readonly csrfToken: string } = await asked.json();
  const form = { email, password, csrfToken };
  const answer = await request.post(`${address}/api/auth/callback/credentials`, { form, maxRedirects: 0 });
  // Of this answer: the context may still have the cookie of an earlier session.
  expect(answer.headers()['set-cookie']).toContain('session-token=');
  const { cookies } = await request.storageState();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The link that the start printed for the first person. */
export function setupLink(server: Server): string {
  const link = server.said.map((line) => /https?:\/\/\S+\/setup\?token=\S+/.exec(line)?.[0]).find(Boolean);
  if (!link) throw new Error('The start printed no first-run link');
  return link;
}

export async function fillSetup(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
}

export function invoiceLinks(page: Page): Locator {
  return page.getByRole('link', { name: /^Open invoice / });
}

export function postbackLinks(page: Page): Locator {
  return page.getByRole('link', { name: /^Open postback of / });
}

export function actLinks(page: Page): Locator {
  return page.getByRole('link', { name: /^Open the act of / });
}

/** The screen listens: what comes from now on will show. */
export async function expectLive(page: Page): Promise<void> {
  await expect(page.locator('[data-live="live"]')).toBeVisible();
}

/** Where a link leads, without going there. */
export async function hrefOf(link: Locator): Promise<string> {
  const href = await link.getAttribute('href');
  if (!href) throw new Error('The link leads nowhere');
  return href;
}

export async function cookieHeader(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Of pages that a test opened by itself: one left open whose server is gone goes on trying, and draws while it does. */
export async function closePages(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}
