import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runNode } from './run-node.mjs';

const STAMP = 'node_modules/.tillbell-install';

/** Whether node_modules holds what package-lock.json names. */
export function isInstalled() {
  const wanted = stampOf();
  if (readStamp() === wanted) return true;
  if (!holdsTheLock()) return false;
  // Somebody ran npm by hand, or a platform such as Vercel did.
  writeFileSync(STAMP, wanted);
  return true;
}

export async function install() {
  const first = !existsSync('node_modules');
  process.stderr.write(`Installing packages${first ? ' (first time, about a minute)' : ''} …\n`);
  rmSync(STAMP, { force: true });
  // The log level is ours: under `npm run --silent` a failed install would say nothing.
  // Install scripts are off here as npm 12 has them: nothing may depend on one.
  await runNode([npmPath(), 'ci', '--include=dev', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund']);
  writeFileSync(STAMP, stampOf());
}

function stampOf() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  return `${lock} ${process.platform} ${process.arch}\n`;
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}

/** npm writes its own account of node_modules last, so it stands for a finished install. */
function holdsTheLock() {
  try {
    const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
    const present = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || entry.devOptional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

/** The npm that runs us, else the one beside this Node. */
function npmPath() {
  const running = process.env.npm_execpath;
  if (running && basename(running) === 'npm-cli.js') return running;
  const beside = ['../lib/node_modules', 'node_modules'].map((folder) =>
    join(dirname(process.execPath), folder, 'npm/bin/npm-cli.js'),
  );
  const found = beside.find(existsSync);
  if (found === undefined) throw new Error('npm was not found beside this Node; run the command through npm.');
  return found;
}
