import { gzipSync } from 'node:zlib';
import { startProduct } from '../scripts/demo/product';
import type { Seeded } from '../scripts/demo/seed';
import { emptyPage } from './empty-page';
import { scriptsOf } from './page-scripts';
import type { Row } from './row';
import { signIn } from './sign-in';

const LISTS = ['/invoices', '/transactions', '/deliveries', '/postbacks'] as const;

/** What a browser has to load before a list works, beside a page of the same framework with nothing on it. */
export async function firstLoadJavaScript(env: NodeJS.ProcessEnv, { signIns }: Seeded): Promise<Row> {
  const owner = signIns.find(({ role }) => role === 'owner');
  if (!owner) throw new Error('There is no owner to sign in as.');
  const empty = await emptyPage();
  const theirs = sizeOf(empty);
  const product = await startProduct(env);
  try {
    const cookie = await signIn(product.address, owner.email, owner.password);
    const sizes: { path: string; size: number; files: number }[] = [];
    for (const path of LISTS) {
      const scripts = await scriptsAt(product.address, path, cookie);
      sizes.push({ path, size: sizeOf(scripts), files: scripts.length });
    }
    const [largest] = sizes.toSorted((a, b) => b.size - a.size);
    return {
      measure: 'First-load JavaScript of the largest list ÷ an empty page',
      value: (largest?.size ?? Number.NaN) / theirs,
      unit: '×',
      pass: { at: 'most', mark: 1.35 },
      detail: `${sizes.map(({ path, size, files }) => `${path} ${kilobytes(size)} in ${files} files`).join(', ')}; empty ${kilobytes(theirs)} in ${empty.length}, gzip`,
      sound: sizes.every(({ files }) => files > 0) && empty.length > 0,
    };
  } finally {
    await product.stop();
  }
}

async function scriptsAt(address: string, path: string, cookie: string): Promise<readonly Uint8Array[]> {
  const page = await fetch(address + path, { headers: { cookie }, redirect: 'manual' });
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}.`);
  const sources = scriptsOf(await page.text());
  return Promise.all(sources.map((source) => load(new URL(source, address))));
}

function sizeOf(scripts: readonly Uint8Array[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}

async function load(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
