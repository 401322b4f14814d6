// Runs before every command: packages and, with `commands` or `build`, what that command runs. Node's built-ins alone, and nothing
// newer than Node 14 until the version is checked.
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const OLDEST = [20, 9];

function isOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

async function ensure(wanted) {
  const { install, isInstalled } = await import('./packages.mjs');
  const { areCommandsBuilt, build, buildCommands, isBuilt } = await import('./building.mjs');
  const { withCloneLock } = await import('./clone-lock.mjs');
  const [isThere, make] = {
    install: [() => true, async () => {}],
    commands: [areCommandsBuilt, buildCommands],
    build: [isBuilt, build],
  }[wanted];
  if (isInstalled() && isThere()) return;
  await withCloneLock(async (say) => {
    if (!isInstalled()) {
      say('installing');
      await install();
    }
    if (!isThere()) {
      say('building');
      await make();
    }
  });
}

if (isOldNode()) {
  process.stderr.write(`Tillbell needs Node.js ${OLDEST.join('.')} or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  ensure(process.argv[2] ?? 'build').catch((error) => {
    if (error.constructor.name !== 'CommandFailed') process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
