import { type Browser, type BrowserContext, chromium, type Locator, type Page } from '@playwright/test';
import { chromiumFlags, obtainChromium } from '../scripts/chromium';
import { startProduct } from '../scripts/demo/product';
import type { Seeded } from '../scripts/demo/seed';
import { startGenerator } from './load/start';
import { median, type Row, show } from './row';
import { signIn } from './sign-in';

const PAGES = ['/', '/invoices', '/transactions', '/deliveries', '/postbacks'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
];
/** The browser reports events in steps of 8 ms, and none shorter than two of them. */
const SHORTEST_MS = 16;
const VISITS = 5;
/** A telephone of some years ago beside this machine. */
const SLOWER = 4;
const AT_SLOWER = ` at ${SLOWER} × slower CPU`;
const SETTLED_MS = 1_500;

interface Seen {
  readonly page: string;
  readonly value: number;
}

/** What moves under a reader's eyes, and how long a list of fifty rows takes to follow a hand, in a real Chromium. */
export async function responsiveness(env: NodeJS.ProcessEnv, seeded: Seeded): Promise<readonly Row[]> {
  const owner = seeded.signIns.find(({ role }) => role === 'owner');
  const account = seeded.accounts.find(({ provider }) => provider === 'cryptocloud');
  if (!owner || !account) throw new Error('There is no owner or no CryptoCloud project.');
  const product = await startProduct(env);
  const generator = startGenerator();
  const executablePath = await obtainChromium((line) => process.stderr.write(`${line}\n`));
  const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  try {
    const cookie = await signIn(product.address, owner.email, owner.password);
    const postback = async (): Promise<void> => {
      await generator.sign({ provider: account.provider, secret: account.signingKey, count: 1 });
      const url = `http://127.0.0.1:${new URL(product.address).port}${account.notificationPath}`;
      await generator.run({ url, connections: 1, milliseconds: 10_000 });
    };
    const shifts: Seen[] = [];
    for (const viewport of SIZES) {
      const context = await signedIn(browser, product.address, cookie, viewport);
      for (const path of PAGES) shifts.push(await shiftOf(context, product.address, path, postback));
      await context.close();
    }
    const context = await signedIn(browser, product.address, cookie, SIZES[0]);
    const [paints, slowPaints, largest]: [Seen[], Seen[], Seen[]] = [[], [], []];
    for (let visit = 0; visit < VISITS; visit += 1) {
      paints.push(await slowestInteraction(context, product.address, 1));
      slowPaints.push(await slowestInteraction(context, product.address, SLOWER));
      largest.push(await largestPaint(context, product.address));
    }
    return [shiftRow(shifts), paintRow(paints, ''), paintRow(slowPaints, AT_SLOWER), largestRow(largest)];
  } finally {
    await browser.close();
    generator.stop();
    await product.stop();
  }
}

async function signedIn(
  browser: Browser,
  address: string,
  cookie: string,
  viewport: (typeof SIZES)[number] | undefined,
): Promise<BrowserContext> {
  const context = await browser.newContext(viewport ? { viewport } : {});
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), url: address };
    }),
  );
  return context;
}

/** The sum of all shifts from the first byte until a postback has come and changed the page. */
async function shiftOf(
  context: BrowserContext,
  address: string,
  path: string,
  postback: () => Promise<void>,
): Promise<Seen> {
  const page = await context.newPage();
  await page.goto(address + path);
  await page.locator('[data-live="live"]').first().waitFor({ state: 'attached' });
  await postback();
  // A page says nothing when it has drawn a change: by then it has.
  await page.waitForTimeout(SETTLED_MS);
  const value = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(
            list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
          );
        }).observe({ type: 'layout-shift', buffered: true });
        // An observer without entries is never called.
        setTimeout(() => resolve(0), 200);
      }),
  );
  const width = page.viewportSize()?.width;
  await page.close();
  return { page: `${path} at ${width} px`, value };
}

interface Interaction {
  readonly name: string;
  readonly duration: number;
}

/** The longest time from a key or a click to what it paints, of the list's usual ones. */
async function slowestInteraction(context: BrowserContext, address: string, slower: number): Promise<Seen> {
  const page = await context.newPage();
  await slowDown(page, slower);
  await page.goto(`${address}/invoices`);
  await page.locator('[data-live="live"]').first().waitFor({ state: 'attached' });
  // How soon a page is there is the largest paint's to say.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const observed = await page.evaluateHandle((durationThreshold) => {
    const events: Interaction[] = [];
    const wanted: PerformanceObserverInit & { durationThreshold: number } = { type: 'event', durationThreshold };
    new PerformanceObserver((list) => {
      // Keys, clicks and taps, as the measure is defined; a pointer that only passes by has no id.
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
        if (entry.interactionId > 0) events.push({ name: entry.name, duration: entry.duration });
      }
    }).observe(wanted);
    return events;
  }, SHORTEST_MS);
  const panel = page.locator('[data-side-panel]');
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await afterNextPaint(page);
    }
  };
  await press('j', 'j', 'k', 'Enter');
  await panel.waitFor();
  await press('Escape');
  await panel.waitFor({ state: 'detached' });
  await press('?', 'Escape', '/', 'o', 'r', 'd', 'Escape');
  await clickOn(page.locator('summary', { hasText: 'View' }).first());
  await page.keyboard.press('Escape');
  await clickOn(page.locator('tbody tr td').nth(2));
  const events = await observed.jsonValue();
  await page.close();
  const [slowest] = [...events].sort((a, b) => b.duration - a.duration);
  return { page: slowest?.name ?? 'none over 16 ms', value: slowest?.duration ?? SHORTEST_MS };
}

/**
 * A mouse that comes and then presses. A locator's own click does both at once, and looks for its target in the page,
 * within the events that are measured.
 */
async function clickOn(target: Locator): Promise<void> {
  const page = target.page();
  const box = await target.boundingBox();
  if (!box) throw new Error('There is nothing to click on.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await afterNextPaint(page);
  await page.mouse.down();
  await page.mouse.up();
  await afterNextPaint(page);
}

async function slowDown(page: Page, slower: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
}

/** When the largest thing of the list was painted, from the address on. */
async function largestPaint(context: BrowserContext, address: string): Promise<Seen> {
  const page = await context.newPage();
  await slowDown(page, SLOWER);
  await page.goto(`${address}/invoices`, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLED_MS);
  const value = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await page.close();
  return { page: '/invoices', value };
}

async function afterNextPaint(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
}

function shiftRow(shifts: readonly Seen[]): Row {
  const [worst] = [...shifts].sort((a, b) => b.value - a.value);
  return {
    measure: 'Layout shift of a page from its first byte to a live change, worst',
    value: worst?.value ?? Number.NaN,
    unit: '',
    pass: { at: 'most', mark: 0.02 },
    detail: `${shifts.length} visits; worst ${worst?.page}`,
    sound: shifts.length > 0,
  };
}

function largestRow(seen: readonly Seen[]): Row {
  const values = seen.map(({ value }) => value);
  return {
    measure: `Largest contentful paint of the list${AT_SLOWER}`,
    value: median(values),
    unit: 'ms',
    pass: { at: 'most', mark: 1_500 },
    detail: `median of ${values.length} visits; ${values.map(show).join(', ')}`,
    sound: values.length > 0,
  };
}

function paintRow(paints: readonly Seen[], where: string): Row {
  const values = paints.map(({ value }) => value);
  return {
    measure: `Interaction to next paint with 50 rows${where}`,
    value: median(values),
    unit: 'ms',
    pass: { at: 'most', mark: 100 },
    detail: `slowest of 15 keys and clicks a visit, median of ${paints.length} visits; ${paints.map(({ page, value }) => `${page} ${show(value)}`).join(', ')}`,
    sound: paints.length > 0,
  };
}
