import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, type Database, setDatabase } from '@/lib/db/client';
import { lockFolder } from '@/lib/db/lock';
import { newestMigration } from '@/lib/db/migrate';
import { type EmbeddedDatabase, openPglite, restoredFolder } from '@/lib/db/pglite';
import { fillDataFolder } from '@/lib/db/testing';
import { generatedSecrets } from '@/lib/env-secrets';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { askForCopy, type BackupServer, openBackupServer } from './backup-server';
import { copyOf } from './copy';
import { writeBackup } from './file';
import { BackupRefused } from './manifest';
import { type Restored, restore } from './restore';

const NOW = new Date('2026-01-28T10:00:00.000Z');

let root: string;
let dataDir: string;
let file: string;
let database: EmbeddedDatabase;
let shop: Shop;
const acknowledged: string[] = [];
/** At the checkpoint in the middle of the backup. */
const stored: string[] = [];

async function pay(name: string): Promise<void> {
  const answer = await post(shop, { ...sample(shop, 'paid'), invoice_id: name, order_id: name });
  expect(answer.status).toBe(200);
  acknowledged.push(name);
}

async function invoicesOf(kept: Database): Promise<readonly string[]> {
  const rows = await query<{ row: string }>(kept, 'select i::text as row from invoices i order by id');
  return rows.map(({ row }) => row);
}

function restoreTo(folder: string, from = file, overwrite = false): Promise<Restored> {
  return restore(from, folder, { overwrite, newestSchema: newestMigration(), now: NOW });
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tillbell-backup-'));
  dataDir = join(root, 'data');
  file = join(root, 'a.backup');
  await fillDataFolder(dataDir, 'migrated');
  database = await openPglite(dataDir);
  setDatabase(database);
  shop = await openShop();
  for (let nth = 0; nth < 5; nth += 1) await pay(`BEFORE${nth}`);
});
afterAll(async () => {
  await closeDatabase();
  rmSync(root, { recursive: true });
});

/**
 * A postback between each two pieces of the copy; and, when our tables are copied, a checkpoint, so that what they
 * lack is found only by who reads the log from the beginning of the backup.
 */
async function* copyWhilePaying(): AsyncGenerator<Uint8Array> {
  const [row] = await query<{ tables: string }>(
    database,
    `select 'db/base/' || oid || '/' as tables from pg_database where datname = current_database()`,
  );
  let [count, seen] = [0, 0];
  for await (const chunk of copyOf(database, dataDir, NOW)) {
    yield chunk;
    await pay(`DURING${count++}`);
    if (Buffer.from(chunk).includes(row?.tables ?? '')) seen += 1;
    // Ours are among the first of them, and the log is not yet copied.
    if (seen < 5 || stored.length > 0) continue;
    await query(database, 'checkpoint');
    stored.push(...acknowledged);
  }
}

// Each test goes on where the one before it ended.
describe('a backup', { shuffle: false }, () => {
  it('holds what was acknowledged before it began, while postbacks go on, and opens elsewhere with the same invoices', async () => {
    const before = await invoicesOf(database);
    const written = await writeBackup(Readable.from(copyWhilePaying(), { objectMode: false }), file, newestMigration());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(written).toMatchObject({ path: file, bytes: statSync(file).size, manifest: { keysIncluded: false } });
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([]);

    const elsewhere = join(root, 'elsewhere');
    const restored = await restoreTo(elsewhere);
    expect(restored).toMatchObject({ replaced: null, manifest: { createdAt: NOW.toISOString() } });
    const opened = await openPglite(elsewhere);
    const after = await invoicesOf(opened);
    await opened.close();
    expect(after.filter((row) => before.includes(row))).toEqual(before);
    const now = await invoicesOf(database);
    expect(after.filter((row) => !now.includes(row))).toEqual([]);
    expect(restored.invoices).toBe(after.length);
    // Those that came before its end are in it too.
    expect(stored.length).toBeGreaterThan(5);
    expect(stored.filter((name) => !after.some((row) => row.includes(name)))).toEqual([]);
    expect(after.length).toBeGreaterThan(before.length);
    expect(now.length).toBe(acknowledged.length);
  });

  it('refuses what is cut short, changed or foreign, and leaves the folder as it was', async () => {
    const bytes = readFileSync(file);
    const plain = gunzipSync(bytes);
    const changed = Buffer.from(plain);
    // Within the first megabyte there is a table's page: any bit of it may turn.
    changed[900_000] = (changed[900_000] ?? 0) ^ 1;
    const foreign = 'This is not a backup of Tillbell.';
    const damaged = 'The backup is damaged or cut short.';
    const cases: readonly (readonly [Buffer, string])[] = [
      [Buffer.alloc(0), foreign],
      [Buffer.from('-- a dump of something else'), foreign],
      [gzipSync(Buffer.from('-- a dump of something else')), foreign],
      [gzipSync(plain.subarray(1024)), foreign],
      [bytes.subarray(0, bytes.length - 9), damaged],
      [bytes.subarray(0, bytes.length >> 1), damaged],
      [gzipSync(plain.subarray(0, plain.length >> 1)), damaged],
      [gzipSync(plain.subarray(0, plain.length - 1024)), damaged],
      [gzipSync(changed), damaged],
    ];
    const folder = join(root, 'refusing');
    for (const [content, sentence] of cases) {
      writeFileSync(`${file}.bad`, content);
      const refused = restoreTo(folder, `${file}.bad`);
      await expect(refused).rejects.toThrow(sentence);
      await expect(refused).rejects.toBeInstanceOf(BackupRefused);
      expect(readdirSync(folder)).toEqual(['lock']);
    }
  });

  it('refuses a backup of a newer version, and one under names that lead out of the folder', async () => {
    const newer = restore(file, join(root, 'newer'), {
      overwrite: false,
      newestSchema: newestMigration() - 1,
      now: NOW,
    });
    await expect(newer).rejects.toThrow('was made by a newer version of Tillbell');
    const plain = gunzipSync(readFileSync(file));
    const at = plain.indexOf('db/PG_VERSION');
    plain.write('db/../../evil', at);
    // The head's own sum, made to fit.
    const head = plain.subarray(at, at + 512);
    head.write('        ', 148);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
    writeFileSync(`${file}.evil`, gzipSync(plain));
    await expect(restoreTo(join(root, 'evil-data'), `${file}.evil`)).rejects.toThrow('damaged');
    expect(existsSync(join(root, 'evil'))).toBe(false);
  });

  it('overwrites nothing unless asked, then puts aside what was there with its secrets', async () => {
    const folder = join(root, 'elsewhere');
    await expect(restoreTo(folder)).rejects.toThrow('holds a database already');
    const held = await lockFolder(folder);
    await expect(restoreTo(folder, file, true)).rejects.toThrow('is in use by process');
    held.release();

    const secrets = generatedSecrets(folder);
    const { replaced } = await restoreTo(folder, file, true);
    if (replaced === null) throw new Error('Nothing was put aside');
    expect(existsSync(join(replaced, 'db', 'PG_VERSION'))).toBe(true);
    expect(JSON.parse(readFileSync(join(replaced, 'secrets.json'), 'utf8'))).toEqual(secrets);
    const opened = await openPglite(folder);
    expect((await invoicesOf(opened)).length).toBeGreaterThan(0);
    await opened.close();
  });

  it('is finished by the next start where it was killed between the old database and the new', async () => {
    const folder = join(root, 'elsewhere');
    renameSync(join(folder, 'db'), restoredFolder(folder));
    const opened = await openPglite(folder);
    expect((await invoicesOf(opened)).length).toBeGreaterThan(0);
    await opened.close();
    expect(existsSync(restoredFolder(folder))).toBe(false);
    // The other way round: what was never put in place is no database of anybody's.
    mkdirSync(restoredFolder(folder));
    const again = await openPglite(folder);
    expect((await invoicesOf(again)).length).toBeGreaterThan(0);
    await again.close();
  });

  async function openDoor(): Promise<BackupServer> {
    const door = await openBackupServer(dataDir);
    if (!door) throw new Error('There is no door');
    return door;
  }

  it('is given by the running server through a socket of its owner’s, one at a time, and broken off without harm', async () => {
    expect(await askForCopy(dataDir)).toBeNull();
    const door = await openDoor();
    expect(statSync(join(dataDir, 'backup.sock')).mode & 0o777).toBe(0o600);
    const first = await askForCopy(dataDir);
    await expect(askForCopy(dataDir)).rejects.toThrow('Another backup is being made');
    first?.destroy();
    // The database answers and another backup can be made as soon as the broken one has stopped.
    await pay('AFTER');
    await expect
      .poll(() =>
        askForCopy(dataDir).then(
          (stream) => stream?.destroy() ?? null,
          () => null,
        ),
      )
      .not.toBeNull();
    await expect.poll(() => askForCopy(dataDir).catch(() => null)).not.toBeNull();
    await door.close();
    expect(await askForCopy(dataDir)).toBeNull();
    // A server that was killed leaves its socket behind.
    writeFileSync(join(dataDir, 'backup.sock'), '');
    const next = await openDoor();
    const cut = await askForCopy(dataDir);
    if (!cut) throw new Error('Nothing was given');
    const [broken] = await Promise.allSettled([writeBackup(cut, `${file}.cut`, newestMigration()), next.close()]);
    expect(broken).toMatchObject({ status: 'rejected', reason: { message: 'aborted' } });
    expect(readdirSync(root).filter((name) => name.includes('.cut'))).toEqual([]);
    const last = await openDoor();
    const given = await askForCopy(dataDir);
    if (!given) throw new Error('Nothing was given');
    await writeBackup(given, file, newestMigration());
    await last.close();
    const restored = await restoreTo(join(root, 'through-the-door'));
    expect(restored.invoices).toBe(acknowledged.length);
  });

  it('that is broken off ends only when PostgreSQL has been told', async () => {
    let told = false;
    setDatabase({
      ...database,
      run: async (statement, parameters) => {
        const isStop = statement.text.includes('pg_backup_stop');
        for (let turns = 0; isStop && turns < 100; turns += 1) await new Promise((resolve) => setImmediate(resolve));
        const rows = await database.run<never>(statement, parameters);
        told ||= isStop;
        return rows;
      },
    });
    const door = await openDoor();
    const cut = await askForCopy(dataDir);
    cut?.once('error', () => {});
    await door.close();
    setDatabase(database);
    expect(told).toBe(true);
  });
});
