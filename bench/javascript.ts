import { gzipSync } from 'node:zlib';
import { startProduct } from '../scripts/demo/product';
import type { Seeded } from '../scripts/demo/seed';
import { emptyPage } from './empty-page';
import { scriptsOf } from './page-scripts';
import type { Row } from './row';
import { signIn } from './sign-in';

/** What a browser has to load before the invoice list works, beside a page of the same framework with nothing on it. */
export async function firstLoadJavaScript(env: NodeJS.ProcessEnv, { signIns }: Seeded): Promise<Row> {
  const owner = signIns.find(({ role }) => role === 'owner');
  if (!owner) throw new Error('There is no owner to sign in as.');
  const empty = await emptyPage();
  const product = await startProduct(env);
  try {
    const cookie = await signIn(product.address, owner.email, owner.password);
    const page = await fetch(`${product.address}/invoices`, { headers: { cookie }, redirect: 'manual' });
    if (page.status !== 200) throw new Error(`The invoice list answered ${page.status}.`);
    const sources = scriptsOf(await page.text());
    const scripts = await Promise.all(sources.map(async (source) => load(new URL(source, product.address))));
    const ours = sizeOf(scripts);
    const theirs = sizeOf(empty);
    return {
      measure: 'First-load JavaScript of the invoice list ÷ an empty page',
      value: ours / theirs,
      unit: '×',
      pass: { at: 'most', mark: 1.35 },
      detail: `${kilobytes(ours)} in ${scripts.length} files against ${kilobytes(theirs)} in ${empty.length}, gzip`,
      sound: scripts.length > 0 && empty.length > 0,
    };
  } finally {
    await product.stop();
  }
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
