import { type APIRequestContext, expect } from '@playwright/test';
import { test } from './app';
import type { Shop } from './deployment';
import {
  ACCOUNTANT,
  hrefOf,
  invoiceLinks,
  MANAGER,
  newSession,
  OWNER,
  postbackLinks,
  SUPPORT,
  signIn,
  signInToOverview,
} from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

/** What a page is to somebody: there, not for their role, nothing at all, or the way to the sign-in page. */
type Sight = 'yes' | 'forbidden' | 'not found' | 'sign in';

/** Sees only the first project. */
const LIMITED = { ...SUPPORT, name: 'Lina Limited', email: 'limited@shop.example', projects: [0] };
const PEOPLE = { owner: OWNER, manager: MANAGER, support: SUPPORT, accountant: ACCOUNTANT, limited: LIMITED } as const;
type Who = keyof typeof PEOPLE;

let server: Server;
let shops: readonly Shop[];
/** Of the first and of the second project. */
const found = { invoice: ['', ''], postback: ['', ''], project: ['', ''] };

test.beforeAll(async ({ app, browser }) => {
  const projects = [
    { provider: 'novapay', name: 'Mine' },
    { provider: 'novapay', name: 'Theirs' },
  ];
  shops = await app.reset(projects, Object.values(PEOPLE));
  server = app.server;
  const page = await browser.newPage();
  await signIn(page, server, OWNER);
  for (const [index, shop] of shops.entries()) {
    await send(server.port, await signed(shop, sampleOf(shop, 'card')));
    await page.goto(`${server.address}/invoices?project=${shop.id}`);
    found.invoice[index] = await hrefOf(invoiceLinks(page).first());
    await page.goto(`${server.address}/postbacks?project=${shop.id}`);
    found.postback[index] = await hrefOf(postbackLinks(page).first());
    found.project[index] = `/settings/projects/${shop.id}`;
  }
  await page.close();
});

interface Row {
  readonly what: string;
  readonly path: () => string;
  readonly sight: Readonly<Record<Who, Sight>>;
}

const EVERYBODY = { owner: 'yes', manager: 'yes', support: 'yes', accountant: 'yes', limited: 'yes' } as const;
const LOG = { ...EVERYBODY, accountant: 'forbidden' } as const;
const EXPORTERS = { ...EVERYBODY, support: 'forbidden', limited: 'forbidden' } as const;
const TESTERS = { ...LOG, support: 'forbidden', limited: 'forbidden' } as const;
const OWNERS = { ...TESTERS, manager: 'forbidden' } as const;

const TABLE: readonly Row[] = [
  { what: 'the overview', path: () => '/', sight: EVERYBODY },
  { what: 'the invoices', path: () => '/invoices', sight: EVERYBODY },
  { what: 'an invoice', path: () => found.invoice[0] ?? '', sight: EVERYBODY },
  {
    what: 'an invoice of another project',
    path: () => found.invoice[1] ?? '',
    sight: { ...EVERYBODY, limited: 'not found' },
  },
  { what: 'the transactions', path: () => '/transactions', sight: EVERYBODY },
  { what: 'the deliveries', path: () => '/deliveries', sight: EVERYBODY },
  { what: 'the failed waybills', path: () => '/deliveries?view=unresolved', sight: EVERYBODY },
  { what: 'the postbacks', path: () => '/postbacks', sight: LOG },
  { what: 'a postback', path: () => found.postback[0] ?? '', sight: LOG },
  {
    what: 'a postback of another project',
    path: () => found.postback[1] ?? '',
    sight: { ...LOG, limited: 'not found' },
  },
  { what: 'the exports', path: () => '/exports?view=invoices', sight: EXPORTERS },
  { what: 'the projects', path: () => '/settings/projects', sight: TESTERS },
  { what: 'a project', path: () => found.project[0] ?? '', sight: TESTERS },
  { what: 'a project’s doctor page', path: () => `${found.project[0]}/doctor`, sight: TESTERS },
  { what: 'the settings', path: () => '/settings', sight: EVERYBODY },
  { what: 'the audit log', path: () => '/settings/audit', sight: EVERYBODY },
  { what: 'a project’s people’s data', path: () => `${found.project[0]}/data`, sight: OWNERS },
  { what: 'erasing a person', path: () => '/settings/people', sight: OWNERS },
  { what: 'adding a project', path: () => '/settings/projects/new', sight: OWNERS },
  { what: 'my own account', path: () => '/settings/account', sight: EVERYBODY },
  { what: 'the staff', path: () => '/settings/staff', sight: OWNERS },
  { what: 'inviting somebody', path: () => '/settings/staff/invite', sight: OWNERS },
  { what: 'an invoice that does not exist', path: () => `/invoices/${NOBODYS}`, sight: always('not found') },
];

const NOBODYS = '00000000-0000-4000-8000-000000000000';

function always(sight: Sight): Row['sight'] {
  return { owner: sight, manager: sight, support: sight, accountant: sight, limited: sight };
}

const STATUS = { yes: 200, forbidden: 403, 'not found': 404, 'sign in': 200 } as const satisfies Record<Sight, number>;

/** Over HTTP: what the refusals look like, a browser is asked below. */
async function expectSight(request: APIRequestContext, row: Row, sight: Sight): Promise<void> {
  const answer = await request.get(server.address + row.path());
  expect(answer.status(), row.what).toBe(STATUS[sight]);
  if (sight === 'sign in') expect(answer.url(), row.what).toMatch(/\/sign-in/);
  if (sight === 'forbidden') expect(await answer.text(), row.what).toContain('Not for your role');
  if (sight === 'not found') expect(await answer.text(), row.what).toContain('There is nothing here');
}

for (const who of Object.keys(PEOPLE) as Who[]) {
  test(`as ${who} I see what is mine to see and nothing else`, async ({ request }) => {
    await newSession(request, server, PEOPLE[who]);
    for (const row of TABLE) await expectSight(request, row, row.sight[who]);
  });
}

test('I am told in a sentence that a page is not for my role, or that there is none', async ({ page }) => {
  await signIn(page, server, SUPPORT);
  expect((await page.goto(`${server.address}/settings/staff`))?.status()).toBe(403);
  await expect(page.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
  expect((await page.goto(`${server.address}/invoices/${NOBODYS}`))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('as a stranger I am asked to sign in wherever I go, and come back there', async ({ page, request }) => {
  for (const row of TABLE) await expectSight(request, row, 'sign in');
  await page.goto(`${server.address}/invoices?status=paid`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${server.address}/invoices?status=paid`);
});

test('I am led only where I may go', async ({ page }) => {
  const links: Readonly<Record<Who, readonly string[]>> = {
    owner: ['Overview', 'Invoices', 'Transactions', 'Deliveries', 'Postbacks', 'Exports', 'Settings'],
    manager: ['Overview', 'Invoices', 'Transactions', 'Deliveries', 'Postbacks', 'Exports', 'Settings'],
    support: ['Overview', 'Invoices', 'Transactions', 'Deliveries', 'Postbacks', 'Settings'],
    limited: ['Overview', 'Invoices', 'Transactions', 'Deliveries', 'Postbacks', 'Settings'],
    accountant: ['Overview', 'Invoices', 'Transactions', 'Deliveries', 'Exports', 'Settings'],
  };
  for (const who of Object.keys(PEOPLE) as Who[]) {
    await page.context().clearCookies();
    await signInToOverview(page, server, PEOPLE[who]);
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await expect(navigation.getByRole('link')).toHaveText([...links[who]]);
  }
});

test('with one project of two I see the invoices of that one', async ({ page }) => {
  await signIn(page, server, LIMITED);
  await page.goto(`${server.address}/invoices`);
  await expect(invoiceLinks(page)).toHaveCount(1);
  expect(await hrefOf(invoiceLinks(page).first())).toBe(found.invoice[0]);
  await page.goto(`${server.address}/postbacks`);
  await expect(postbackLinks(page)).toHaveCount(1);
});

const BODY: Readonly<Record<Who, { readonly shown: boolean; readonly phone: boolean } | null>> = {
  owner: { shown: true, phone: true },
  manager: { shown: true, phone: false },
  support: { shown: false, phone: false },
  limited: { shown: false, phone: false },
  accountant: null,
};

test('the raw body and the phone in it are shown to whom they may be', async ({ page }) => {
  for (const who of Object.keys(PEOPLE) as Who[]) {
    const wanted = BODY[who];
    if (!wanted) continue;
    await page.context().clearCookies();
    await signIn(page, server, PEOPLE[who]);
    await page.goto(server.address + (found.postback[0] ?? ''));
    const main = page.getByRole('main');
    await expect(main.locator('pre')).toHaveCount(wanted.shown ? 1 : 0);
    expect((await main.textContent())?.includes('+380500000001'), who).toBe(wanted.phone);
  }
});

test('a customer’s phone and address stand on no invoice in plain text but the owner’s', async ({ page }) => {
  for (const who of ['manager', 'support', 'accountant'] as const) {
    await page.context().clearCookies();
    await signIn(page, server, PEOPLE[who]);
    await page.goto(server.address + (found.invoice[0] ?? ''));
    const html = await page.content();
    for (const secret of ['+380500000001', '+380500000002', 'olena@shop.example'])
      expect(html, who).not.toContain(secret);
    if (who === 'accountant') expect(html).not.toContain('Коваленко');
  }
});
