import { expect, type Page } from '@playwright/test';
import { test } from './app';
import { closePages, newSession, OWNER, signIn } from './desk';
import { type Answered, send } from './http';
import type { Server } from './server';

let server: Server;
let cookie: string;
let signedIn: Page;

test.beforeAll(async ({ app, browser }) => {
  await app.reset([], [OWNER]);
  server = app.server;
  signedIn = await browser.newPage();
  cookie = await newSession(signedIn.context().request, server, OWNER);
});

test.afterAll(async ({ browser }) => {
  await closePages(browser);
});

function get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
  return send(server.port, { method: 'GET', path, headers });
}

function nonceOf({ headers }: Answered): string {
  return /script-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
}

test('a script that got into a page does not run', async () => {
  await signedIn.goto(server.address);
  const blocked = signedIn.waitForEvent('console', (message) => message.text().includes('Content Security Policy'));
  await signedIn.evaluate(() => {
    const image = document.createElement('div');
    image.innerHTML = '<img src="/nothing" onerror="window.ran = true">';
    document.body.append(image);
  });
  await blocked;
  expect(await signedIn.evaluate(() => 'ran' in window)).toBe(false);
});

for (const path of ['/', '/invoices', '/sign-in', '/setup', '/nothing', '/nothing.png', '/invoices/nothing']) {
  test(`every script of ${path} carries the nonce of this answer and of no other`, async () => {
    const [first, second] = [await get(path, { cookie }), await get(path, { cookie })];
    expect(nonceOf(first)).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(nonceOf(second)).not.toBe(nonceOf(first));
    const scripts = first.text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonceOf(first)}"`))).toEqual([]);
    expect(first.text).not.toMatch(/<style|\son[a-z]+="|(?:src|href)="https?:\/\/(?!localhost)/);
  });
}

test('a nonce that the sender names is not taken', async () => {
  const wanted = "script-src 'nonce-mine'";
  expect((await get('/sign-in', { 'content-security-policy': wanted })).text).not.toContain('nonce="mine"');
  expect((await get('/nothing.png', { 'content-security-policy': wanted })).text).not.toContain('nonce="mine"');
});

test('nothing that somebody signed in is shown is kept by anybody', async () => {
  for (const path of ['/', '/invoices', '/settings', '/api/search?q=1', '/api/exports/invoices.csv', '/nothing']) {
    const { headers } = await get(path, { cookie });
    expect(headers['cache-control'], path).toMatch(/private.*no-store/);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
  }
});

test('browsers are told to stay with TLS where they came by it, and only there', async () => {
  expect((await get('/sign-in')).headers['strict-transport-security']).toBeUndefined();
  const behind = await get('/sign-in', { 'x-forwarded-proto': 'https' });
  expect(behind.headers['strict-transport-security']).toBe('max-age=31536000');
});

test('over TLS the cookies that vouch for somebody belong to this host alone', async () => {
  const tls = { 'x-forwarded-proto': 'https' };
  const asked = await get('/api/auth/csrf', tls);
  const { csrfToken }: { readonly csrfToken: string } = JSON.parse(asked.text);
  const entered = await send(server.port, {
    path: '/api/auth/callback/credentials',
    headers: { ...tls, cookie: jarOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: OWNER.email, password: OWNER.password, csrfToken }).toString(),
  });
  const session = (entered.headers['set-cookie'] ?? []).find((line) => line.includes('session-token'));
  expect(session).toMatch(/^__Host-authjs\.session-token=[^;]+; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  for (const line of [...(asked.headers['set-cookie'] ?? []), ...(entered.headers['set-cookie'] ?? [])])
    expect(line).toMatch(/^__(?:Host|Secure)-.*; Secure/);
  expect((await get('/invoices', { ...tls, cookie: jarOf(entered) })).status).toBe(200);
  expect((await get('/invoices', { cookie: jarOf(entered) })).status).toBe(307);
});

const BEHIND: readonly (readonly [name: string, headers: Record<string, string>])[] = [
  [
    'lists of protocols and hosts',
    { 'x-forwarded-proto': 'http,https', 'x-forwarded-host': 'pay.shop.example, inner' },
  ],
  ['quotes around them', { 'x-forwarded-proto': '"http"', 'x-forwarded-host': '"pay.shop.example:8443"' }],
  ['empty ones', { 'x-forwarded-proto': '', 'x-forwarded-host': '' }],
  ['nonsense', { 'x-forwarded-proto': 'on', 'x-forwarded-host': '<b>', host: 'a b' }],
];

for (const [name, headers] of BEHIND) {
  test(`pages are served behind proxies that send ${name}`, async () => {
    for (const path of ['/', '/invoices', '/api/auth/csrf'])
      expect([path, (await get(path, { ...headers, cookie })).status]).toEqual([path, 200]);
    expect((await get('/sign-in', headers)).status).toBe(200);
  });
}

test('a form that arrives under another host than the browser shows is refused with the header to put right', async ({
  page,
}) => {
  await signIn(page, server, OWNER);
  // As nginx does with `proxy_set_header Host $host`: the port is gone.
  await page.route('**/*', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-host': 'localhost' } }),
  );
  await page.goto(`${server.address}/invoices`);
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Not the address in your browser' })).toBeVisible();
  await expect(page.getByText(new URL(server.address).host, { exact: true })).toBeVisible();
  await expect(page.getByText('proxy_set_header X-Forwarded-Host $http_host;')).toBeVisible();
  expect((await get('/invoices', { cookie })).status).toBe(200);
  const plain = await send(server.port, {
    path: '/sign-in',
    headers: { origin: 'https://pay.shop.example', 'content-type': 'multipart/form-data; boundary=a' },
    body: '--a--',
  });
  expect([plain.status, plain.headers.location]).toEqual([303, '/wrong-origin']);
});

function jarOf({ headers }: Answered): string {
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}
