import { get, type IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { type PostgresDeployment, postgres, type Shop, seed } from './deployment';
import { ACCOUNTANT, cookieHeader, signIn } from './desk';
import { send } from './http';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

/** More than all that lies between the two ends of a connection. */
const ROWS = 120_000;
const FILE = '/api/exports/transactions.csv';

let deployment: PostgresDeployment;
let server: Server;
let database: pg.Client;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  deployment = await postgres();
  const [shop] = await seed(deployment.settings, [{ provider: 'cryptocloud' }], [ACCOUNTANT]);
  server = await startServer(deployment.settings);
  database = new pg.Client({ connectionString: deployment.url });
  await database.connect();
  await send(server.port, await signed(shop as Shop, sampleOf(shop as Shop, 'paid')));
  await database.query(
    `insert into transactions select gen_random_uuid(), invoice_id, project_id, kind, amount, currency, amount_usd,
       tx_hashes, external_id, is_test, occurred_at, time_source from transactions, generate_series(2, $1)`,
    [ROWS],
  );
});

test.afterAll(async () => {
  await database.end();
  await server.stop();
  await deployment.remove();
});

/** A download of which the first bytes have come, and nobody reads on. */
async function begun(cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port: server.port, path: FILE, headers: { cookie }, agent: false });
    request.once('error', reject);
    request.once('response', (response) => response.once('readable', () => resolve(response)));
  });
}

interface Read {
  readonly rows: number;
  /** As HTTP tells: the last chunk has come. */
  readonly whole: boolean;
}

function readOn(response: IncomingMessage): Promise<Read> {
  return new Promise((resolve) => {
    let rows = -1;
    response.on('data', (piece: Buffer) => {
      for (const byte of piece) if (byte === 10) rows += 1;
    });
    response.on('error', () => {});
    response.once('close', () => resolve({ rows, whole: response.complete }));
  });
}

/** Ends the connection that an export reads through, once it reads. */
async function breakOff(): Promise<void> {
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where query like 'fetch % from rows'`;
  await expect.poll(async () => (await database.query(end)).rowCount).toBe(1);
}

async function lastAct(): Promise<string> {
  const { rows } = await database.query<{ action: string }>('select action from audit_log order by at desc limit 1');
  return rows[0]?.action ?? '';
}

test('a file of which the database broke off has no end', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  const cookie = await cookieHeader(page.context());
  expect(await readOn(await begun(cookie))).toEqual({ rows: ROWS, whole: true });
  expect(await lastAct()).toBe('export.download');

  const response = await begun(cookie);
  await breakOff();
  const { rows, whole } = await readOn(response);
  expect(whole).toBe(false);
  expect(rows).toBeLessThan(ROWS);
  await expect.poll(lastAct).toBe('export.broken_off');
});

test('whoever may no longer have a file does not get the rest of it', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  const response = await begun(await cookieHeader(page.context()));
  await database.query(`update staff set role = 'support'`);
  await expect.poll(lastAct).toBe('export.broken_off');
  const { rows, whole } = await readOn(response);
  await database.query(`update staff set role = 'accountant'`);
  expect(whole).toBe(false);
  expect(rows).toBeLessThan(ROWS);
});

test('the browser says of a file that broke off that it failed', async ({ page }) => {
  await signIn(page, server, ACCOUNTANT);
  await page.goto(`${server.address}/exports?view=transactions`);
  const link = page.getByRole('link', { name: 'Download', exact: true });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  await breakOff();
  expect(await download.failure()).not.toBeNull();
});
