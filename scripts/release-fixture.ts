import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { closeDatabase, openDatabase, setDatabase } from '@/lib/db/client';
import { migrate, migrateEmbedded } from '@/lib/db/migrate';
import { openPglite } from '@/lib/db/pglite';
import { createDatabase, startPostgres } from '@/lib/db/testing-postgres';
import { makePostgresFiles } from '@/lib/db/testing-postgres-files';
import { CommandError, runCommand } from './command';
import { type Fixture, makeHistory } from './release-fixture/history';

/*
 * Makes the fixture of a release, which every later version must upgrade without loss (`release-fixture/upgrade.test.ts`):
 * a data folder and a dump of PostgreSQL, each with a small history. Needs `tar` and `pg_dump`.
 */

const KEY = Buffer.alloc(32, 'release fixture').toString('base64');

await runCommand(async () => {
  const version = process.argv[2];
  if (!version || !/^\d+\.\d+\.\d+$/.test(version)) throw new CommandError('Name the release, such as 0.2.0.');
  process.env.ENCRYPTION_KEY = KEY;
  const folder = join(import.meta.dirname, 'release-fixture', version);
  mkdirSync(folder, { recursive: true });
  const embedded = await makeDataFolder(join(folder, 'data.tar.br'));
  const postgres = await makeDump(join(folder, 'dump.sql.br'));
  writeFileSync(
    join(folder, 'fixture.json'),
    `${JSON.stringify({ encryptionKey: KEY, embedded, postgres }, null, 2)}\n`,
  );
});

async function makeDataFolder(to: string): Promise<Fixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tillbell-fixture-'));
  try {
    const database = await openPglite(dataDir);
    setDatabase(database);
    await migrateEmbedded(database);
    const fixture = await makeHistory();
    await closeDatabase();
    writeFileSync(to, compress(execFileSync('tar', ['-C', dataDir, '-c', '.'], { maxBuffer: 2 ** 30 })));
    return fixture;
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

async function makeDump(to: string): Promise<Fixture> {
  const server = await startPostgres();
  try {
    const url = await createDatabase(server.url, 'tillbell');
    await migrate({ url });
    setDatabase(await openDatabase({ url }));
    const fixture = await makeHistory();
    await closeDatabase();
    const { programs, folder } = makePostgresFiles();
    rmSync(folder, { recursive: true });
    const options = ['--inserts', '--no-owner', '--no-privileges', url];
    const dump = execFileSync(join(programs, 'pg_dump'), options, { encoding: 'utf8', maxBuffer: 2 ** 30 });
    // Lines for psql alone, which a driver does not understand.
    writeFileSync(to, compress(Buffer.from(dump.replace(/^\\.*\n/gm, ''))));
    return fixture;
  } finally {
    await server.stop();
  }
}

function compress(bytes: Uint8Array): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}
