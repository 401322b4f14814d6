import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { DatabaseUnavailable } from './client';
import { migrate, migrateEmbedded } from './migrate';
import { openPgliteMemory } from './pglite';
import { createDatabase, startPostgres } from './testing-postgres';

const FILES = readdirSync('drizzle').filter((name) => name.endsWith('.sql'));

it('applies each migration once when two start at the same time', async () => {
  const postgres = await startPostgres({ fsync: false });
  try {
    const url = await createDatabase(postgres.url, 'racing');
    const counts = await Promise.all([migrate({ url }), migrate({ url })]);
    expect(counts.sort()).toEqual([0, FILES.length]);
    expect(await migrate({ url })).toBe(0);
  } finally {
    await postgres.stop();
  }
});

it('does the same to an embedded database', async () => {
  const database = await openPgliteMemory();
  expect(await migrateEmbedded(database)).toBe(FILES.length);
  expect(await migrateEmbedded(database)).toBe(0);
  await database.close();
});

it('says so when the database is not there', async () => {
  await expect(migrate({ url: 'postgres://a@127.0.0.1:1/a' })).rejects.toBeInstanceOf(DatabaseUnavailable);
});

it('has a migration for everything in the schema', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-drizzle-'));
  try {
    cpSync('drizzle', folder, { recursive: true });
    const before = readdirSync(folder).sort();
    const program = join('node_modules', 'drizzle-kit', 'bin.cjs');
    const options = [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './lib/db/schema/index.ts',
      '--out',
      relative('.', folder),
    ];
    const said = execFileSync(process.execPath, [program, ...options], { encoding: 'utf8' });
    expect(said).toContain('No schema changes');
    expect(readdirSync(folder).sort()).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
