import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { restore } from '@/lib/backup/restore';
import { newestMigration } from '@/lib/db/migrate';
import { getEnv } from '@/lib/env';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { readOptions, required } from './options';

const options = { from: { type: 'string' }, overwrite: { type: 'boolean', default: false } } as const;

export const run: AdminCommand['run'] = async (args) => {
  const { from, overwrite = false } = readOptions(args, options);
  const path = resolve(required(from, 'from'));
  const { databaseUrl, dataDir } = getEnv();
  if (databaseUrl !== null) {
    throw new CommandError('DATABASE_URL is set: pg_restore restores a PostgreSQL (docs/deploy.md).');
  }
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  const now = new Date();
  const { manifest, replaced, ...counts } = await restore(path, dataDir, {
    overwrite,
    newestSchema: newestMigration(),
    now,
  });
  if (!manifest.keysIncluded) {
    process.stderr.write(`It opens with the ENCRYPTION_KEY of then (${manifest.keys.join(', ')}).\n`);
  }
  return { restored: dataDir, createdAt: manifest.createdAt, ...counts, replaced };
};
