import { mkdirSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumFlags, obtainChromium } from './chromium';
import { CommandError, runCommand } from './command';
import { onceStopped, throwAwayFolder } from './demo/folder';
import { freePort, type RunningProduct, startProduct } from './demo/product';
import type { Seeded } from './demo/seed';
import { seedInItsOwnProcess, throwAwaySettings } from './demo/seeding';
import { photograph, picture, signIn } from './screens/camera';
import { photographFirstRun } from './screens/first-run';
import { FULL } from './screens/shots';

const { values } = parseArgs({ options: { readme: { type: 'boolean', default: false } } });
const HISTORY = { seed: 20_260, ...(values.readme ? { days: 90, postbacks: 5_200 } : { days: 30, postbacks: 500 }) };
const README_PICTURES = {
  overview: { path: resolve('docs/overview.png'), width: 1_440, height: 1_280 },
  invoice: { path: resolve('docs/invoice.png'), width: 1_440, height: 1_280 },
} as const;
const MAX_PICTURE_BYTES = 300_000;

await runCommand(async () => {
  // Whatever is under way then, the hooks on exit clear it away.
  onceStopped(async () => {});
  const executablePath = await obtainChromium((line) => process.stderr.write(`${line}\n`));
  const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  process.on('exit', () => void browser.close());
  if (values.readme) await withHistory((product, seeded) => photographForReadme(browser, product, seeded));
  else await photographAll(browser);
  await browser.close();
  process.exit(0);
});

async function photographAll(browser: Browser): Promise<void> {
  const folder = resolve('.screens');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stderr.write('A first run …\n');
  let taken = await onProduct(throwAwayFolder('screens'), ({ address, printed }) =>
    photographFirstRun({ browser, address, folder }, printed),
  );
  process.stderr.write('A deployment with a history …\n');
  taken += await withHistory(async ({ address }, seeded) => {
    const camera = { browser, address, folder };
    return photograph(camera, FULL, await signInAsOwner(camera, seeded));
  });
  process.stdout.write(`${taken} pictures in ${folder}\n`);
}

async function photographForReadme(browser: Browser, { address }: RunningProduct, seeded: Seeded): Promise<void> {
  const storageState = await signInAsOwner({ browser, address, folder: '' }, seeded);
  const { overview, invoice } = README_PICTURES;
  const context = await browser.newContext({ storageState, colorScheme: 'light', viewport: overview });
  const page = await context.newPage();
  await page.goto(`${address}/`);
  await photographLive(page, overview.path);
  await page.goto(`${address}/invoices?provider=novapay&status=paid`);
  await page.goto(`${address}${await page.locator('[data-list] a[data-row]').first().getAttribute('href')}`);
  await photographLive(page, invoice.path);
}

async function photographLive(page: Page, path: string): Promise<void> {
  await page.getByText('Live', { exact: true }).first().waitFor();
  await picture(page, path, false);
  const { size } = statSync(path);
  if (size > MAX_PICTURE_BYTES) throw new CommandError(`${path} has ${size} bytes, more than a README should load.`);
  process.stdout.write(`${path} (${Math.round(size / 1_000)} KB)\n`);
}

async function signInAsOwner(
  camera: Parameters<typeof signIn>[0],
  { signIns }: Seeded,
): Promise<Awaited<ReturnType<typeof signIn>>> {
  const owner = signIns.find(({ role }) => role === 'owner');
  if (!owner) throw new Error('There is no owner to sign in as.');
  return signIn(camera, owner.email, owner.password);
}

async function withHistory<Result>(
  work: (product: RunningProduct, seeded: Seeded) => Promise<Result>,
): Promise<Result> {
  const dataDir = throwAwayFolder('screens');
  const seeded = await seedInItsOwnProcess(dataDir, HISTORY);
  return onProduct(dataDir, (product) => work(product, seeded));
}

async function onProduct<Result>(dataDir: string, work: (product: RunningProduct) => Promise<Result>): Promise<Result> {
  const product = await startProduct({ ...throwAwaySettings(dataDir), PORT: await freePort() });
  try {
    return await work(product);
  } finally {
    await product.stop();
  }
}
