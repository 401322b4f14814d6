import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './run-node.mjs';

const STAMP = '.next/tillbell-build';
const FOLDERS = ['app', 'components', 'i18n', 'lib', 'messages', 'public'];
const FILES = [
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
];

/** Whether `.next` was built from the sources as they are now. */
export function isBuilt() {
  return read(STAMP)?.toString() === fingerprint();
}

/** The stamp goes first and comes last, so that a build which was cut short never counts. */
export async function build({ loud = false } = {}) {
  process.stderr.write('Building …\n');
  rmSync(STAMP, { force: true });
  const sources = fingerprint();
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await runNode(['node_modules/next/dist/bin/next', 'build'], { env, loud });
  writeFileSync(STAMP, sources);
}

/** Contents, not times: a checkout touches files without changing them. */
function fingerprint() {
  const hash = createHash('sha256').update(process.versions.modules);
  const paths = [...FOLDERS.flatMap(filesIn), ...FILES].sort();
  for (const path of paths) {
    const content = read(path);
    if (content !== null) hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
