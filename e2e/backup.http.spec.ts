import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Deployment, embedded, fresh, type Shop, seed } from './deployment';
import { send } from './http';
import { type KeptInvoice, readKept } from './ledger';
import { type Ran, runCommand } from './process';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

const BEFORE = 40;

async function post(server: Server, shop: Shop, id: string): Promise<number> {
  const { invoice_info: _, ...fields } = sampleOf(shop, 'paid');
  const outgoing = await signed(shop, { ...fields, order_id: id, invoice_id: id, amount_crypto: '24.61' });
  return (await send(server.port, outgoing)).status;
}

function admin(deployment: Deployment, ...args: readonly string[]): Promise<Ran> {
  return runCommand('admin', args, deployment.settings);
}

const printed = ({ stdout }: Ran): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
const byName = (invoices: readonly KeptInvoice[]): ReadonlyMap<string, KeptInvoice> =>
  new Map(invoices.map((invoice) => [invoice.provider_invoice_id, invoice]));

test('I back up the running server without losing a postback, and restore it into an empty folder', async () => {
  test.setTimeout(240_000);
  const deployment = await embedded();
  const elsewhere = fresh();
  const file = join(elsewhere.settings.DATA_DIR ?? '', '..', `tillbell-${process.pid}.backup`);
  const [shop] = await seed(deployment.settings, [{ provider: 'cryptocloud' }]);
  if (!shop) throw new Error('The project was not made');
  const server = await startServer(deployment.settings);
  for (let nth = 0; nth < BEFORE; nth += 1) expect(await post(server, shop, `BEFORE${nth}`)).toBe(200);

  const answers: number[] = [];
  let done = false;
  const posting = (async () => {
    while (!done) answers.push(await post(server, shop, `DURING${answers.length}`));
  })();
  const made = await admin(deployment, 'backup', '--to', file);
  done = true;
  await posting;
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(printed(made)).toMatchObject({ file, bytes: statSync(file).size, keysIncluded: true });
  expect(answers.length).toBeGreaterThan(0);
  expect([...new Set(answers)]).toEqual([200]);

  const refused = await admin(deployment, 'restore', '--from', file, '--overwrite');
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(/^The data folder .* is in use by process \d+.*\.\n$/);
  await server.stop();

  const restored = await admin(elsewhere, 'restore', '--from', file);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  const kept = byName((await readKept(elsewhere.settings)).invoices);
  const original = byName((await readKept(deployment.settings)).invoices);
  for (let nth = 0; nth < BEFORE; nth += 1) expect(kept.has(`BEFORE${nth}`)).toBe(true);
  expect(original.size).toBe(BEFORE + answers.length);
  for (const [name, invoice] of kept) expect(invoice).toEqual(original.get(name));
  expect(printed(restored)).toMatchObject({ invoices: kept.size, replaced: null });

  // The same address, the same secrets: a provider notices nothing.
  const again = await startServer(elsewhere.settings);
  expect((await send(again.port, { method: 'GET', path: '/api/health' })).status).toBe(200);
  expect(await post(again, shop, 'AFTER')).toBe(200);
  await again.stop();

  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 100));
  const damaged = await admin(elsewhere, 'restore', '--from', file, '--overwrite');
  expect(damaged).toMatchObject({ code: 1, stdout: '', stderr: 'The backup is damaged or cut short.\n' });
  expect((await readKept(elsewhere.settings)).invoices).toHaveLength(kept.size + 1);

  const stopped = await admin(elsewhere, 'backup', '--to', file);
  expect(stopped).toMatchObject({ code: 0, stderr: '' });
  const replaced = printed(await admin(deployment, 'restore', '--from', file, '--overwrite'));
  expect(existsSync(join((replaced as { replaced: string }).replaced, 'db'))).toBe(true);
  expect((await readKept(deployment.settings)).invoices).toHaveLength(kept.size + 1);
  await Promise.all([deployment.remove(), elsewhere.remove()]);
});

test('I am told in a sentence what is wrong, and with DATABASE_URL which tool it is', async () => {
  const deployment = fresh();
  const folder = deployment.settings.DATA_DIR ?? '';
  const none = await admin(deployment, 'backup', '--to', join(folder, 'a.backup'));
  expect(none).toMatchObject({ code: 1, stdout: '', stderr: `There is no database in ${folder}.\n` });
  const nowhere = await admin(deployment, 'backup', '--to', join(folder, 'no', 'a.backup'));
  expect(nowhere).toMatchObject({ code: 1, stderr: `There is no folder ${join(folder, 'no')}.\n` });
  const missing = await admin(deployment, 'restore', '--from', join(folder, 'a.backup'));
  expect(missing).toMatchObject({ code: 1, stderr: `There is no file ${join(folder, 'a.backup')}.\n` });
  const KEY = Buffer.alloc(32, 1).toString('base64');
  const settings = { DATABASE_URL: 'postgres://localhost/none', AUTH_SECRET: KEY, ENCRYPTION_KEY: KEY };
  const server = { settings, remove: deployment.remove };
  expect((await admin(server, 'backup', '--to', join(folder, 'a.backup'))).stderr).toContain(
    'pg_dump makes the backup',
  );
  expect((await admin(server, 'restore', '--from', join(folder, 'a.backup'))).stderr).toContain('pg_restore restores');
  await deployment.remove();
});
