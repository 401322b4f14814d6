import { spawnSync } from 'node:child_process';
import { CommandFailed } from './run-node.mjs';

/**
 * What a production build on Vercel does last, so that a deployment has its tables before it has visitors. Previews
 * share no database with production and migrate nothing.
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function migrateOnVercel(env) {
  const url = env.DATABASE_MIGRATION_URL || env.DATABASE_URL_UNPOOLED || env.DATABASE_URL;
  if (env.VERCEL_ENV !== 'production' || !url) return;
  const { status } = spawnSync(process.execPath, ['dist/migrate.js', '--first-run'], { stdio: 'inherit', env });
  if (status !== 0) throw new CommandFailed();
}
