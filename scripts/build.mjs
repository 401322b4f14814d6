import { build } from './building.mjs';
import { withCloneLock } from './clone-lock.mjs';
import { migrateOnVercel } from './migrate-on-vercel.mjs';
import { CommandFailed } from './run-node.mjs';

try {
  await withCloneLock(async (say) => {
    say('building');
    await build({ loud: true, anew: true });
    migrateOnVercel(process.env);
  });
} catch (error) {
  if (!(error instanceof CommandFailed)) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
