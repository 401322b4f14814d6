import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/audit/verify';
import { closeDatabase, getDatabase } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import { createDatabase, type RunningPostgres, startPostgres } from '@/lib/db/testing-postgres';
import { rereadEnv } from '@/lib/env';
import { DATA_MIGRATIONS } from '@/lib/postbacks/data-migrations';
import { replay } from '@/lib/postbacks/replay';
import { post, query, RECEIVED, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { getProvider } from '@/lib/providers';
import { bodiesOf, type Fixture, OWNER, rowsOf } from './history';

const RELEASES = readdirSync(import.meta.dirname).filter((name) => /^\d/.test(name));

type Place = { readonly DATA_DIR: string } | { readonly DATABASE_URL: string };

interface Kept {
  readonly encryptionKey: string;
  readonly embedded: Fixture;
  readonly postgres: Fixture;
}

const undo: (() => unknown)[] = [];

afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

describe.each(RELEASES)('a deployment of %s', (release) => {
  const folder = join(import.meta.dirname, release);
  const kept: Kept = JSON.parse(readFileSync(join(folder, 'fixture.json'), 'utf8'));

  describe('on the embedded database', { shuffle: false }, () => {
    upgrades(kept.encryptionKey, kept.embedded, async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'tillbell-upgrade-'));
      undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
      execFileSync('tar', ['-C', dataDir, '-x'], { input: readCompressed(join(folder, 'data.tar.br')) });
      return { DATA_DIR: dataDir };
    });
  });

  describe('on PostgreSQL', { shuffle: false }, () => {
    upgrades(kept.encryptionKey, kept.postgres, async () => {
      const server: RunningPostgres = await startPostgres({ fsync: false });
      undo.push(() => server.stop());
      const url = await createDatabase(server.url, 'tillbell');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(readCompressed(join(folder, 'dump.sql.br')).toString());
      await client.end();
      return { DATABASE_URL: url };
    });
  });
});

function readCompressed(path: string): Buffer {
  return brotliDecompressSync(readFileSync(path));
}

function upgrades(key: string, fixture: Fixture, unpack: () => Promise<Place>): void {
  beforeAll(async () => {
    const place = await unpack();
    // `unstubEnvs` would take a stubbed setting away after the first test.
    Object.assign(process.env, { DATA_DIR: '', DATABASE_URL: '', ...place, ENCRYPTION_KEY: key });
    rereadEnv();
    await migrateDatabase(DATA_MIGRATIONS);
  });
  afterAll(closeDatabase);

  it('keeps every row and every raw body', async () => {
    const { audit_log: before = 0, ...rows } = fixture.rows;
    const { audit_log: now, ...rowsNow } = await rowsOf();
    expect(rowsNow).toEqual(rows);
    // A migration may write entries of its own.
    expect(now).toBeGreaterThanOrEqual(before);
    expect(await bodiesOf()).toEqual(fixture.bodies);
    expect(await verifyAudit()).toMatchObject({ holds: true });
  });

  it.each(fixture.invoices)(
    'says what is right of $provider $invoiceId',
    async ({ provider, invoiceId, ...expected }) => {
      const rows = await query<{
        order_id: string | null;
        status: string;
        transactions: string[];
        waybills: string[];
        cash_on_delivery: string | null;
        postbacks: number;
      }>(
        await getDatabase(),
        `select i.order_id, i.status, i.cash_on_delivery,
         array(select kind || ' ' || trim_scale(amount) from transactions t where t.invoice_id = i.id order by occurred_at, 1)
           as transactions,
         array(select unnest(waybills) from deliveries d where d.invoice_id = i.id) as waybills,
         (select count(*)::int from postbacks p where p.invoice_id = i.id) as postbacks
       from invoices i join projects p on p.id = i.project_id
       where p.provider = $1::text and lower(i.provider_invoice_id) = lower($2::text)`,
        [provider, invoiceId],
      );
      const { orderId, cashOnDelivery = null, ...rest } = expected;
      expect(rows).toEqual([{ ...rest, order_id: orderId, cash_on_delivery: cashOnDelivery }]);
    },
  );

  it('has in its tables what a replay makes of the postbacks', async () => {
    expect(await replay()).toMatchObject({ changed: 0 });
  });

  it.each(fixture.projects)('takes postbacks of $provider with the secrets that were there', async (project) => {
    const provider = getProvider(project.provider);
    if (!provider) throw new Error(`There is no provider ${project.provider}`);
    const shop: Shop = { ...project, provider };
    expect(await post(shop, sample(shop, 'paid'))).toMatchObject({ status: 200, body: RECEIVED });
  });

  it('changes nothing when it is started again', async () => {
    await closeDatabase();
    expect(await migrateDatabase(DATA_MIGRATIONS)).toBe(0);
    expect(await replay()).toMatchObject({ changed: 0 });
    const [owner] = await query<{ email: string }>(await getDatabase(), `select email from staff where role = 'owner'`);
    expect(owner).toEqual({ email: OWNER.email });
  });
}
