import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { DataFolderUnusable, ofFolder } from '@/lib/env-secrets';
import type { Database, Parameter, Statement } from './client';
import { type FolderLock, lockFolder } from './lock';
import { durableFolder, type SyncCounter, startParams, syncPath, syncTree } from './pglite-files';
import { isNearlyFull, openRecovering } from './pglite-recovery';
import { keepUp } from './pglite-upkeep';
import { byPosition, type Position, type Query, type Scan } from './scan';
import * as schema from './schema';
import { settleSession } from './session-settings';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

export interface EmbeddedDatabase extends Database {
  /** The whole database as an uncompressed tar, which `openPgliteMemory` opens. */
  dump(): Promise<Blob>;
  /** Null in memory. */
  readonly files: DatabaseFiles | null;
}

export interface DatabaseFiles {
  readonly folder: string;
  /** Nothing removes what a copy of the files needs until the returned function is called. */
  hold(): Promise<() => void>;
}

/** The embedded database in `dataDir`, which then belongs to this process until it is closed. */
export async function openPglite(dataDir: string): Promise<EmbeddedDatabase> {
  const lock = await takeFolder(dataDir);
  try {
    const folder = join(dataDir, 'db');
    if (!existsSync(folder) && !finishRestore(dataDir)) await createFolder(dataDir, folder);
    requireDatabase(folder);
    const counter = { syncs: 0 };
    const pglite = await openRecovering(folder, () => openFolder(folder, counter)).catch((error: unknown) => {
      // Which it would not say either.
      if (isNearlyFull(folder))
        throw Object.assign(new Error('The disk is full.', { cause: error }), { code: 'ENOSPC' });
      throw damaged(folder, 'its files are damaged', error);
    });
    await warnIfNotDurable(pglite, counter);
    const upkeep = keepUp(pglite);
    const database = toDatabase(pglite);
    return {
      ...database,
      files: { folder, hold: upkeep.hold },
      close: async () => {
        upkeep.stop();
        await database.close().finally(lock.release);
      },
    };
  } catch (error) {
    lock.release();
    throw ofFolder(dataDir, error);
  }
}

async function takeFolder(dataDir: string): Promise<FolderLock> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return await lockFolder(dataDir);
  } catch (error) {
    throw ofFolder(dataDir, error);
  }
}

/** The one that PGlite is; another one's files it does not read. */
export const POSTGRES_MAJOR = '18';

/** PGlite says of whatever is wrong only that it failed, and of a folder without a database it makes one without what was in it. */
function requireDatabase(folder: string): void {
  if (!statSync(folder).isDirectory()) throw damaged(folder, 'it is a file');
  if (!existsSync(join(folder, 'PG_VERSION'))) throw damaged(folder, 'there is none in this folder');
  accessSync(folder, constants.R_OK | constants.W_OK);
  for (const file of ['PG_VERSION', 'global']) accessSync(join(folder, file), constants.R_OK | constants.W_OK);
  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major !== POSTGRES_MAJOR) {
    throw damaged(
      folder,
      `it is PostgreSQL ${major.slice(0, 20)}’s, and this version of Tillbell reads ${POSTGRES_MAJOR}’s`,
    );
  }
}

function damaged(folder: string, why: string, cause?: unknown): DataFolderUnusable {
  return new DataFolderUnusable(
    `The database in ${folder} cannot be opened: ${why}. Put a backup in its place with npm run --silent admin -- restore --from FILE --overwrite, which keeps what is there beside it.`,
    { cause },
  );
}

/** A database in memory, empty or from the dump of another; for tests. */
export async function openPgliteMemory(dump?: Blob): Promise<EmbeddedDatabase> {
  return toDatabase(await settled(await PGlite.create(dump ? { loadDataDir: dump } : {})));
}

/** A database folder as it lies there, which nobody else has: recovers it, and shows whether it opens. */
export async function openPgliteFolder(folder: string): Promise<EmbeddedDatabase> {
  return toDatabase(await openFolder(folder, { syncs: 0 }));
}

/** Where a restored database waits, whole and synced, to take the place of `db`. */
export function restoredFolder(dataDir: string): string {
  return join(dataDir, 'db.restored');
}

/** A restore that was cut short between taking the old database away and putting the new one there. */
export function finishRestore(dataDir: string): boolean {
  if (!existsSync(restoredFolder(dataDir))) return false;
  renameSync(restoredFolder(dataDir), join(dataDir, 'db'));
  syncPath(dataDir);
  return true;
}

/** Made beside and moved into place when all of it is on the disk: a start that was cut short leaves no half of one. */
async function createFolder(dataDir: string, folder: string): Promise<void> {
  const draft = join(dataDir, 'db.new');
  rmSync(draft, { recursive: true, force: true });
  const pglite = await openFolder(draft, { syncs: 0 });
  await pglite.close();
  syncTree(draft);
  renameSync(draft, folder);
  syncPath(dataDir);
}

async function openFolder(path: string, counter: SyncCounter): Promise<PGlite> {
  return settled(
    await PGlite.create({
      fs: durableFolder(path, counter),
      startParams: startParams(PGlite.defaultStartParams),
      relaxedDurability: false,
    }),
  );
}

/** Its one session. */
async function settled(pglite: PGlite): Promise<PGlite> {
  await pglite.exec(settleSession(0));
  return pglite;
}

/** Commits something and sees whether that reached the disk, for the hook hangs on the inside of PGlite. */
async function warnIfNotDurable(pglite: PGlite, counter: SyncCounter): Promise<void> {
  const before = counter.syncs;
  await pglite.query(`select pg_logical_emit_message(true, 'tillbell', 'start')`);
  if (counter.syncs > before) return;
  process.stderr.write(
    'The embedded database does not sync to the disk: what was stored last may be lost when the power fails.\n',
  );
}

function toDatabase(pglite: PGlite): EmbeddedDatabase {
  const parsers = Object.fromEntries(oids(pglite.parsers).map((oid) => [oid, readerOf(oid)]));
  const serializers = Object.fromEntries(oids(pglite.serializers).map((oid) => [oid, (text: string) => text]));
  async function query<Row>({ text, parameters }: Query): Promise<Row[]> {
    try {
      const result = await pglite.query<Row>(text, parameters.map(toText), { parsers, serializers });
      return result.rows;
    } catch (error) {
      throw fromDriver(error);
    }
  }

  return {
    driver: 'pglite',
    orm: drizzle({ client: pglite, schema }),
    run: <Row>({ text }: Statement, parameters: readonly Parameter[]) => query<Row>({ text, parameters }),
    scan: <Row extends Position>(scan: Scan) => byPosition<Row>(query, scan),
    // One role owns it and reads it: there is nobody whom row security would hold.
    async within() {
      return this;
    },
    dump: () => pglite.dumpDataDir('none'),
    files: null,
    async close() {
      if (!pglite.closed) await pglite.close();
    },
  };
}

/** PGlite has a parser and a serializer of its own for each of these; `run` replaces them all. */
function oids(table: object): number[] {
  return Object.keys(table).map(Number).filter(Number.isInteger);
}
