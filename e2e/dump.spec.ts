import { expect, type Page, test } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { embedded, providerOf, type Shop, seed } from './deployment';
import { ACCOUNTANT, hrefOf, invoiceLinks, OWNER, SUPPORT, signIn } from './desk';
import { type Outgoing, send } from './http';
import { askScript, runCommand } from './process';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

const SECOND = 'zY9xW8vU7tS6rQ5pO4nM3lK2jI1hG0fE9dC8';
const WRONG = 'a password that is not the right one';
const PEOPLE = {
  phones: ['+380671234567', '+380509876543', '+380631112233'],
  emails: ['maria.buyer@mail.example', 'second.buyer@mail.example', 'coins.buyer@mail.example'],
  addresses: ['Khreshchatyk Street 22, flat 7', 'Sumska Street 101'],
  ips: ['203.0.113.77'],
} as const;

/** A text as it would stand in a column of text, of bytes or of JSON, or in an address of the log. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
  ];
}

function cardOf(nova: Shop, nth: 0 | 1): Fields {
  const card = sampleOf(nova, 'card');
  return {
    ...card,
    client_phone: PEOPLE.phones[nth],
    client_email: PEOPLE.emails[nth],
    client_ip: PEOPLE.ips[0],
    delivery: {
      ...(card.delivery as object),
      recipient_phone: PEOPLE.phones[nth],
      recipient_address: PEOPLE.addresses[nth],
    },
  };
}

function textOf({ body }: Outgoing): string {
  return Buffer.from(body ?? '').toString();
}

/** Everything that providers and strangers send, right and wrong. */
async function deliveries([crypto, nova]: readonly Shop[]): Promise<readonly Outgoing[]> {
  if (!crypto || !nova) throw new Error('A project was not made');
  const paid = { ...sampleOf(crypto, 'paid'), email: PEOPLE.emails[2], metadata: { phone: PEOPLE.phones[2] } };
  const right = await signed(crypto, paid);
  const foreign = providerOf('novapay').createCredential();
  return [
    right,
    right,
    await signed(crypto, paid, { format: 'form' }),
    { ...right, body: textOf(right).replace('"amount_crypto":24.61', '"amount_crypto":1') },
    await signed(crypto, paid, { key: 'x'.repeat(36) }),
    { ...right, body: textOf(right).slice(0, -1) },
    { ...right, headers: { 'content-type': 'text/xml' } },
    { ...right, path: `${right.path}-nobody` },
    await signed(nova, cardOf(nova, 0)),
    await signed(nova, { ...cardOf(nova, 1), status: 'holded' }),
    await signed(nova, cardOf(nova, 1), { key: foreign.sign ?? '' }),
    { path: nova.path, method: 'POST', body: `call ${PEOPLE.phones[0]} about ${PEOPLE.addresses[0]}` },
    { path: nova.path, method: 'GET' },
  ];
}

async function deskWork(page: Page, server: Server, [crypto, nova]: readonly Shop[]): Promise<void> {
  await page.goto(`${server.address}/sign-in`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password').fill(WRONG);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await signIn(page, server, OWNER);

  await page.goto(`${server.address}/settings/projects/${crypto?.id}`);
  const card = page.locator('#secret');
  await card.getByText('Replace it').click();
  await page.getByLabel('New secret key').fill(SECOND);
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('alert')).toContainText('Saved.');
  await card.getByRole('button', { name: 'Show it' }).first().click();
  await page.getByLabel('Password').fill(OWNER.password);
  await card.getByRole('button', { name: 'Show it' }).first().click();
  await expect(card).toContainText(SECOND);
  await page.getByRole('button', { name: 'Send a test postback' }).click();
  await expect(page.getByText(/Postback received/)).toBeVisible();

  await page.goto(`${server.address}/invoices?project=${nova?.id}`);
  await page.goto(server.address + (await hrefOf(invoiceLinks(page).first())));
  const hiddenOnes = page.getByRole('button', { name: /It is written to the audit log\.$/ });
  await expect(hiddenOnes).not.toHaveCount(0);
  for (let left = await hiddenOnes.count(); left > 0; left -= 1) {
    await hiddenOnes.first().click();
    await expect(hiddenOnes).toHaveCount(left - 1);
  }
  await page.goto(`${server.address}/invoices?q=${encodeURIComponent(PEOPLE.phones[0])}`);
  await expect(invoiceLinks(page)).toHaveCount(1);
  const file = await page.request.get(`${server.address}/api/exports/invoices.csv?people=include`);
  expect([200, 403, 404]).toContain(file.status());
  await page.goto(`${server.address}/settings/people`);
  await page.getByLabel('Phone, e-mail or name').fill(PEOPLE.emails[1]);
  await page.getByRole('button', { name: 'Find them' }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('Erased: 1 invoice names nobody any more')).toBeVisible();
}

test('after work through every door a dump and the logs say no secret, token, phone, e-mail or postal address', async ({
  page,
}) => {
  test.setTimeout(300_000);
  page.setDefaultTimeout(30_000);
  const deployment = await embedded();
  const staff = [OWNER, SUPPORT, ACCOUNTANT];
  const shops = await seed(deployment.settings, [{ provider: 'cryptocloud' }, { provider: 'novapay' }], staff);
  const sent: Outgoing[] = [];
  const log: string[] = [];
  const through = async (server: Server): Promise<void> => {
    for (const request of await deliveries(shops)) {
      await send(server.port, request);
      sent.push(request);
    }
  };

  const server = await startServer(deployment.settings);
  await through(server);
  await deskWork(page, server, shops);
  await server.stop();
  log.push(...server.said);
  const next = await startServer(deployment.settings, 'next');
  await through(next);
  await next.stop();
  log.push(...next.said);
  for (const command of [['replay'], ['rotate-encryption-key'], ['retention', 'run']]) {
    const { code, stdout, stderr } = await runCommand('admin', command, deployment.settings);
    expect([command.join(' '), code]).toEqual([command.join(' '), 0]);
    log.push(stdout, stderr);
  }

  const tables = await askScript<Record<string, readonly string[]>>('e2e/dump.ts', deployment.settings, null);
  const dump = Object.values(tables).flat().join('\n');
  const tokens = sent.flatMap((request) => /"token":"([^"]+)"/.exec(textOf(request))?.[1] ?? []);
  expect(tokens.length).toBeGreaterThan(6);
  const hidden = [
    ...PEOPLE.phones.flatMap((phone) => [phone, phone.slice(1), phone.slice(3)]),
    ...PEOPLE.emails,
    ...PEOPLE.addresses,
    ...PEOPLE.ips,
    ...tokens,
    ...tokens.map((token) => token.split('.')[2] ?? token),
    ...[SECOND, WRONG, ...staff.map(({ password }) => password)],
    ...shops.map(({ key }) => (key.length > 100 ? key.slice(60, 120) : key)),
  ];
  for (const text of [...new Set(hidden)].flatMap(spellings)) {
    expect(dump.includes(text), `a dump says ${text}`).toBe(false);
    expect(log.join('\n').includes(text), `the log says ${text}`).toBe(false);
  }
  // The dump sees what it should.
  for (const table of ['public.postbacks', 'public.invoices', 'public.audit_log', 'public.project_secrets'])
    expect(tables[table]?.length).toBeGreaterThan(0);
  expect(dump).toContain('secret.reveal');
  await deployment.remove();
});
