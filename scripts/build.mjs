import { spawnSync } from 'node:child_process';
import { build } from './building.mjs';
import { withCloneLock } from './clone-lock.mjs';
import { CommandFailed } from './run-node.mjs';

/** Previews share no database with production, so only production's build migrates. */
function migrateOnVercel() {
  const url = process.env.DATABASE_MIGRATION_URL || process.env.DATABASE_URL_UNPOOLED || process.env.DATABASE_URL;
  if (process.env.VERCEL_ENV !== 'production' || !url) return;
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/migrate.ts'], { stdio: 'inherit' });
  if (status !== 0) throw new CommandFailed();
}

try {
  await withCloneLock(async (say) => {
    say('building');
    await build({ loud: true });
    migrateOnVercel();
  });
} catch (error) {
  if (!(error instanceof CommandFailed)) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
