import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { askForCopy } from '@/lib/backup/backup-server';
import { copyOf, isEmbedded } from '@/lib/backup/copy';
import { writeBackup } from '@/lib/backup/file';
import { BackupRefused } from '@/lib/backup/manifest';
import { closeDatabase, getDatabase } from '@/lib/db/client';
import { newestMigration } from '@/lib/db/migrate';
import { getEnv } from '@/lib/env';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { readOptions, required } from './options';

const options = { to: { type: 'string' } } as const;

export const run: AdminCommand['run'] = async (args) => {
  const to = resolve(required(readOptions(args, options).to, 'to'));
  const { databaseUrl, dataDir } = getEnv();
  if (databaseUrl !== null) {
    throw new CommandError('DATABASE_URL is set: pg_dump makes the backup of a PostgreSQL (docs/deploy.md).');
  }
  requirePlace(to);
  const asked = await askForCopy(dataDir);
  const { bytes, manifest } = asked ? await written(asked, to, true) : await fromFolder(dataDir, to);
  if (!manifest.keysIncluded) {
    process.stderr.write('Keep ENCRYPTION_KEY with it: the key is in the settings, not in the backup.\n');
  }
  return { file: to, bytes, createdAt: manifest.createdAt, keysIncluded: manifest.keysIncluded };
};

function requirePlace(to: string): void {
  if (!existsSync(dirname(to))) throw new CommandError(`There is no folder ${dirname(to)}.`);
  if (statSync(to, { throwIfNoEntry: false })?.isDirectory()) throw new CommandError(`${to} is a folder.`);
}

async function fromFolder(dataDir: string, to: string): ReturnType<typeof written> {
  if (!existsSync(join(dataDir, 'db'))) throw new CommandError(`There is no database in ${dataDir}.`);
  const database = await getDatabase();
  try {
    if (!isEmbedded(database)) throw new CommandError('There is no embedded database.');
    return await written(Readable.from(copyOf(database, dataDir, new Date()), { objectMode: false }), to, false);
  } finally {
    await closeDatabase();
  }
}

async function written(copy: Readable, to: string, fromServer: boolean): ReturnType<typeof writeBackup> {
  try {
    return await writeBackup(copy, to, newestMigration());
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const what = fromServer && why === 'aborted' ? 'the server stopped before it was complete' : why;
    throw new CommandError(`The backup was not made: ${what}.`);
  }
}
