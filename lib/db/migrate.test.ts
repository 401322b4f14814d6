import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from './client';
import { migrate, migrateEmbedded } from './migrate';
import { openPgliteMemory } from './pglite';
import { createTestPostgres, testDump } from './testing';
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
  const database = await openPgliteMemory(await testDump('empty'));
  expect(await migrateEmbedded(database)).toBe(FILES.length);
  expect(await migrateEmbedded(database)).toBe(0);
  await database.close();
});

it('says so when the database is not there', async () => {
  await expect(migrate({ url: 'postgres://a@127.0.0.1:1/a' })).rejects.toBeInstanceOf(DatabaseUnavailable);
});

describe('a database that the product could not work with is refused in a sentence', () => {
  const ask = async (url: string, text: string): Promise<void> => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(text).finally(() => client.end());
  };

  it.each(['WIN1251', 'LATIN1', 'SQL_ASCII'])('the encoding %s holds no hryvnia sign', async (encoding) => {
    const { url, drop } = await createTestPostgres();
    const other = new URL(url);
    other.pathname = `${other.pathname}_other`;
    const name = other.pathname.slice(1);
    await ask(url, `create database "${name}" template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`);
    try {
      const sentence = `The database ${name} has the encoding ${encoding}, which cannot hold every letter`;
      await expect(migrate({ url: other.href })).rejects.toThrow(sentence);
      await expect(migrate({ url, appUrl: other.href })).rejects.toThrow(sentence);
    } finally {
      await ask(url, `drop database "${name}" with (force)`);
      await drop();
    }
  });

  it('a role that may only read', async () => {
    const { url, drop } = await createTestPostgres();
    await ask(url, `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`);
    await expect(migrate({ url })).rejects.toThrow('The role postgres may only read');
    await drop();
  });
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
