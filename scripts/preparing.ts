import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { getDatabase } from '@/lib/db/client';
import { migrateDatabase, migrateEmbedded } from '@/lib/db/migrate';
import { getEnv } from '@/lib/env';
import { DATA_MIGRATIONS } from '@/lib/postbacks/data-migrations';

const SLOW_MS = 1_500;

/** Brings the database up to date, and says so where that takes long. False: it could not be made, and was told why. */
export async function prepareDatabase(): Promise<boolean> {
  const { databaseUrl, dataDir } = getEnv();
  const slow = setTimeout(() => process.stderr.write('Preparing the database …\n'), SLOW_MS);
  try {
    if (databaseUrl === null && !existsSync(join(dataDir, 'db'))) return await prepareInItsOwnProcess();
    // Who migrates goes on to use it, so the embedded one is opened once and stays open.
    await (databaseUrl === null
      ? getDatabase().then((database) => migrateEmbedded(database, DATA_MIGRATIONS))
      : migrateDatabase(DATA_MIGRATIONS));
    return true;
  } finally {
    clearTimeout(slow);
  }
}

/** To make an embedded database takes 850 MB, which go back with the process. It says itself what went wrong. */
async function prepareInItsOwnProcess(): Promise<boolean> {
  const child = spawn(process.execPath, ['dist/prepare.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code === 0));
  });
}
