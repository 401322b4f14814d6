import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from '../scripts/run-node.mjs';
import { scriptsOf } from './page-scripts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "empty", "private": true, "type": "module" }',
  // The packages are linked in from elsewhere, and the bundler looks no higher than its root.
  'next.config.mjs': `export default { turbopack: { root: '/' }, typescript: { ignoreBuildErrors: true } };`,
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.jsx': 'export default function Page() { return <p>Nothing</p>; }',
};

const PAGE = '.next/server/app/index.html';

/** The scripts of a page with nothing on it. */
export async function emptyPage(): Promise<readonly Uint8Array[]> {
  const folder = await emptyApp();
  const scripts = scriptsOf(readFileSync(join(folder, PAGE), 'utf8'));
  return scripts.map((source) =>
    readFileSync(join(folder, '.next', source.replace(/^\/_next\//, '').replace(/\?.*$/, ''))),
  );
}

/** The folder of an app with nothing on its one page, by the same framework; built once for each version of it. */
export async function emptyApp(): Promise<string> {
  const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
  const folder = join(tmpdir(), `tillbell-empty-page-${fingerprint(modules)}`);
  if (!existsSync(join(folder, PAGE))) await build(folder, modules);
  return folder;
}

function fingerprint(modules: string): string {
  const versions = ['next', 'react', 'react-dom'].map((name) => readFileSync(join(modules, name, 'package.json')));
  const hash = createHash('sha256').update(JSON.stringify(FILES));
  for (const version of versions) hash.update(version);
  return hash.digest('hex').slice(0, 12);
}

async function build(folder: string, modules: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'app'), { recursive: true });
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  symlinkSync(modules, join(folder, 'node_modules'), 'dir');
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await runNode([join(modules, 'next/dist/bin/next'), 'build', folder], { env });
}
