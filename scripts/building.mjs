import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireIntegrity } from './integrity.mjs';
import { runNode } from './run-node.mjs';

/** The screens, by Next. */
const PAGES = {
  stamp: '.next/tillbell-build',
  sources: [
    ...['app', 'components', 'i18n', 'lib', 'messages', 'public'],
    ...['instrumentation.ts', 'next.config.ts', 'postcss.config.mjs', 'proxy.ts'],
    ...['package-lock.json', 'tsconfig.json'],
  ],
};

/** The server and the operator's commands: what production runs, without a compiler at each start. */
const COMMANDS = {
  stamp: 'dist/tillbell-build',
  sources: ['lib', 'scripts', 'server.ts', 'package.json', 'package-lock.json', 'tsconfig.json'],
};
const ENTRIES = ['admin', 'migrate', 'prepare', 'start'];

/** Whether `.next` and `dist` were built from the sources as they are now. */
export function isBuilt() {
  return isCurrent(PAGES) && areCommandsBuilt();
}

export function areCommandsBuilt() {
  return isCurrent(COMMANDS);
}

/** What is not built yet, or all of it `anew`. What Next prints is kept back unless `loud` is set or it fails. */
export async function build({ loud = false, anew = false } = {}) {
  requireIntegrity();
  if (anew || !areCommandsBuilt()) await buildCommands();
  if (!anew && isCurrent(PAGES)) return;
  process.stderr.write('Building …\n');
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await stamped(PAGES, () => runNode(['node_modules/next/dist/bin/next', 'build'], { env, loud }));
}

/** What was there before stays, for a server that still runs may ask for a part of itself that it has not loaded yet. */
export function buildCommands() {
  return stamped(COMMANDS, () =>
    bundle(
      ENTRIES.map((name) => `scripts/${name}.ts`),
      'dist',
    ),
  );
}

/** Takes a fifth of a second. Not minified: what an error names is what the sources name. */
export async function bundle(entryPoints, outdir) {
  // Only here: before the packages are installed there is none.
  const { build: run } = await import('esbuild');
  await run({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    external: packagesBeside(),
    platform: 'node',
    format: 'esm',
    target: 'node20.9',
  });
}

/** Made of hundreds of small modules each, which takes longer to find than to run. */
const BUNDLED = ['drizzle-orm', 'zod'];

/** What stays in node_modules: it has native parts or files of its own, or is loaded only where it is needed. */
function packagesBeside() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !BUNDLED.includes(name));
}

/** The stamp goes first and comes last, so that a build which was cut short never counts. */
async function stamped({ stamp, sources }, work) {
  rmSync(stamp, { force: true });
  const found = fingerprint(sources);
  await work();
  writeFileSync(stamp, found);
}

function isCurrent({ stamp, sources }) {
  return read(stamp)?.toString() === fingerprint(sources);
}

/** Contents, not times: a checkout touches files without changing them. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.versions.modules);
  const paths = sources.flatMap((source) => (/\.\w+$/.test(source) ? [source] : filesIn(source))).sort();
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
    return /\.test(ing)?\.tsx?$/.test(entry.name) ? [] : [path];
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
