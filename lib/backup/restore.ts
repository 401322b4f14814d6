import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '@/lib/db/lock';
import { finishRestore, openPgliteFolder, restoredFolder } from '@/lib/db/pglite';
import { syncPath, syncTree } from '@/lib/db/pglite-files';
import { copySecrets, restoreSecrets } from '@/lib/env-secrets';
import { BackupRefused, type Manifest } from './manifest';
import { unpack } from './unpack';

export interface RestoreOptions {
  readonly overwrite: boolean;
  readonly newestSchema: number;
  readonly now: Date;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly postbacks: number;
  readonly invoices: number;
  /** Where the former database now is; null where there was none. */
  readonly replaced: string | null;
}

const COUNTS = {
  name: null,
  text: `select (select count(*) from postbacks)::int as postbacks, (select count(*) from invoices)::int as invoices`,
};

/** Puts a backup in the place of the database in `dataDir`: all of it, or, when anything fails, nothing. */
export async function restore(from: string, dataDir: string, options: RestoreOptions): Promise<Restored> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  const draft = join(dataDir, 'db.restoring');
  try {
    finishRestoreOf(dataDir);
    if (existsSync(join(dataDir, 'db')) && !options.overwrite) throw new BackupRefused(occupied(dataDir));
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const { manifest, secrets } = await unpack(from, draft, options.newestSchema);
    const counts = await proven(draft);
    syncTree(draft);
    const replaced = exchange(draft, dataDir, secrets, options.now);
    return { manifest, ...counts, replaced };
  } finally {
    rmSync(draft, { recursive: true, force: true });
    lock.release();
  }
}

function finishRestoreOf(dataDir: string): void {
  if (existsSync(join(dataDir, 'db'))) rmSync(restoredFolder(dataDir), { recursive: true, force: true });
  else finishRestore(dataDir);
}

function occupied(dataDir: string): string {
  return `${dataDir} holds a database already: with --overwrite it is put aside, or set DATA_DIR to another folder.`;
}

/** It opens, and the log makes it whole; before anything of the old one was touched. */
async function proven(folder: string): Promise<{ readonly postbacks: number; readonly invoices: number }> {
  try {
    const database = await openPgliteFolder(folder);
    try {
      const [counts] = await database.run<{ postbacks: number; invoices: number }>(COUNTS, []);
      if (counts) return counts;
    } finally {
      await database.close();
    }
  } catch (error) {
    throw new BackupRefused('The database in this backup does not open with this version of Tillbell.', {
      cause: error,
    });
  }
  throw new BackupRefused('The database in this backup is empty.');
}

/**
 * Killed at any point, the folder starts: with the old database until that is away, with the new one from then on. The
 * secrets go first and open both until the new database is there.
 */
function exchange(draft: string, dataDir: string, secrets: string | null, now: Date): string | null {
  const current = join(dataDir, 'db');
  const former = existsSync(current) ? join(dataDir, `replaced-${now.toISOString().replace(/[:.]/g, '-')}`) : null;
  if (former !== null) {
    mkdirSync(former, { mode: 0o700 });
    copySecrets(dataDir, former);
  }
  if (secrets !== null) restoreSecrets(dataDir, secrets, former !== null);
  renameSync(draft, restoredFolder(dataDir));
  if (former !== null) renameSync(current, join(former, 'db'));
  syncPath(dataDir);
  finishRestore(dataDir);
  if (secrets !== null) restoreSecrets(dataDir, secrets, false);
  return former;
}
