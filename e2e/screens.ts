import type { Page } from '@playwright/test';
import type { App } from './app';
import type { Shop } from './deployment';
import { actLinks, hrefOf, invoiceLinks, OWNER, postbackLinks, setupLink, signIn } from './desk';
import { type Outgoing, send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
}

export interface Desk {
  readonly server: Server;
  readonly screens: readonly Screen[];
}

/** A deployment on its first day: nothing in it but the screens that say so. */
export async function firstDay(app: App): Promise<Desk> {
  await app.reset([]);
  const { server } = app;
  const link = setupLink(server).replace(/^https?:\/\/[^/]+/, '');
  const screens = [
    { name: 'first run', path: link, signedIn: false },
    { name: 'first run without the link', path: '/setup', signedIn: false },
    { name: 'sign-in before there is an owner', path: '/sign-in', signedIn: false },
  ];
  return { server, screens };
}

/** An owner without projects. */
export async function emptyDesk(app: App): Promise<Desk> {
  await app.reset([], [OWNER]);
  const { server } = app;
  const screens = [
    { name: 'overview without a project', path: '/', signedIn: true },
    { name: 'invoices without a project', path: '/invoices', signedIn: true },
    { name: 'transactions without a project', path: '/transactions', signedIn: true },
    { name: 'deliveries without a project', path: '/deliveries', signedIn: true },
    { name: 'postbacks without a project', path: '/postbacks', signedIn: true },
    { name: 'no projects', path: '/settings/projects', signedIn: true },
  ];
  return { server, screens };
}

/** Every screen with something on it: long orders, contradictions, refusals, parcels. */
export async function busyDesk(app: App, page: Page): Promise<Desk> {
  const projects = [{ provider: 'cryptocloud' }, { provider: 'novapay' }, { provider: 'trybit', withoutSecret: true }];
  const shops = await app.reset(projects, [OWNER]);
  const { server } = app;
  for (const request of await someHistory(shops)) await send(server.port, request);
  await signIn(page, server, OWNER);
  return { server, screens: await busyScreens(page, server, shops) };
}

async function someHistory([crypto, nova, secretless]: readonly Shop[]): Promise<readonly Outgoing[]> {
  if (!crypto || !nova || !secretless) throw new Error('A project was not made');
  const long = {
    ...sampleOf(crypto, 'overpaid'),
    order_id: `ORDER-${'W'.repeat(300)}`,
    amount_crypto: '1234567.123456789012345678',
  };
  const forged = await signed(crypto, sampleOf(crypto, 'paid'));
  return [
    await signed(crypto, sampleOf(crypto, 'test-mode')),
    await signed(crypto, sampleOf(crypto, 'partial'), { format: 'form' }),
    forged,
    {
      ...forged,
      body: Buffer.from(forged.body ?? '')
        .toString()
        .replace('"amount_crypto":24.61', '"amount_crypto":99'),
    },
    await signed(crypto, sampleOf(crypto, 'paid'), { key: 'x'.repeat(36) }),
    { path: crypto.path, body: '{' },
    { path: crypto.path, method: 'GET' },
    await signed(secretless, sampleOf(secretless, 'paid')),
    ...(await Promise.all(
      ['card', 'voided', 'waybill-failed', 'delivered', 'payments'].map((name) => signed(nova, sampleOf(nova, name))),
    )),
    await signed(crypto, long),
  ];
}

async function busyScreens(page: Page, server: Server, shops: readonly Shop[]): Promise<readonly Screen[]> {
  const [crypto, nova, secretless] = shops;
  const first = async (list: string, links: (page: Page) => ReturnType<typeof invoiceLinks>): Promise<string> => {
    await page.goto(server.address + list);
    return hrefOf(links(page).first());
  };
  const paths = {
    overview: '/',
    invoices: '/invoices',
    'invoices that none match': '/invoices?q=nothing-like-this',
    'invoices with a filter that cannot be': '/invoices?status=paid&from=yesterday&min=a',
    'a crypto invoice': await first(`/invoices?project=${crypto?.id}`, invoiceLinks),
    'a card invoice': await first(`/invoices?project=${nova?.id}`, invoiceLinks),
    'an invoice that contradicts itself': await first('/invoices?status=paid&provider=cryptocloud', invoiceLinks),
    'an invoice beside the list': withPanel('/invoices', await first('/invoices', invoiceLinks)),
    transactions: '/transactions',
    'transactions of a period, largest first':
      '/transactions?from=2000-01-01&sort=largest&columns=time,kind,status,usd',
    'transactions that none match': '/transactions?q=nothing-like-this',
    deliveries: '/deliveries',
    'deliveries that none match': '/deliveries?q=nothing-like-this',
    'failed waybills': '/deliveries?view=unresolved',
    postbacks: '/postbacks',
    'a postback beside the log': withPanel('/postbacks', await first('/postbacks', postbackLinks)),
    'a postback': await first('/postbacks?outcome=accepted', postbackLinks),
    'a refused postback': await first('/postbacks?outcome=refused', postbackLinks),
    'an unreadable postback': await first('/postbacks?outcome=unreadable', postbackLinks),
    'a contradiction': await first('/postbacks?outcome=contradiction', postbackLinks),
    projects: '/settings/projects',
    'a project': `/settings/projects/${nova?.id}`,
    'people’s data of a project': `/settings/projects/${nova?.id}/data?keep=30`,
    'erasing a person': '/settings/people',
    'a doctor page': `/settings/projects/${nova?.id}/doctor`,
    'a project without a secret': `/settings/projects/${secretless?.id}`,
    'adding a project': '/settings/projects/new',
    'general settings': '/settings/general',
    staff: '/settings/staff',
    'a member of staff': await first('/settings/staff', (page) => page.getByRole('link', { name: OWNER.name })),
    'inviting somebody': '/settings/staff/invite',
    'the audit log': '/settings/audit',
    'an act beside the log': await first('/settings/audit', actLinks),
    'acts that none match': '/settings/audit?q=nothing-like-this',
    'my account': '/settings/account',
    'nothing here': '/invoices/nothing',
  };
  const signedIn = Object.entries(paths).map(([name, path]) => ({ name, path, signedIn: true }));
  return [
    ...signedIn,
    { name: 'sign-in', path: '/sign-in', signedIn: false },
    { name: 'sign-out', path: '/sign-out', signedIn: true },
    { name: 'an invitation', path: await invite(page, server), signedIn: false },
    { name: 'an invitation of no more use', path: '/invitation/nothing', signedIn: false },
  ];
}

async function invite(page: Page, server: Server): Promise<string> {
  await page.goto(`${server.address}/settings/staff/invite`);
  await page.getByLabel('Email').fill('a.colleague.with.a.long.name@accounting.shop.example');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.locator('[data-once]').textContent();
  return new URL(link ?? '').pathname;
}

/** A list with the row that a link leads to open beside it. */
function withPanel(list: string, href: string): string {
  return `${list}?panel=${href.split('/').at(-1)}`;
}
