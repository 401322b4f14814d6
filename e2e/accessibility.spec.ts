import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { OWNER, signIn } from './desk';
import { busyDesk, type Desk, emptyDesk, firstDay, type Screen } from './screens';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** What a screen reader or a person with weak sight would stumble over, as one line each. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

/** What makes the page wider than its window: the outermost that no part around it clips or scrolls. */
async function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const tooWide = (part: Element): boolean => part.getBoundingClientRect().right > clientWidth + 1;
    const around = (part: Element): Element[] =>
      part.parentElement ? [part.parentElement, ...around(part.parentElement)] : [];
    const culprits = [...document.body.querySelectorAll('*')].filter(
      (part) =>
        tooWide(part) &&
        around(part).every((other) => !tooWide(other) && getComputedStyle(other).overflowX === 'visible'),
    );
    return [`${scrollWidth - clientWidth} px too wide`, ...culprits.map((part) => part.outerHTML.slice(0, 200))];
  });
}

/** Goes through the page by the Tab key; what could be reached by mouse and was not is returned. */
async function unreachable(page: Page): Promise<readonly string[]> {
  const wanted = await page.evaluate(markControls);
  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  const reached = new Set<string>();
  for (let presses = 0; presses < wanted.length * 2 + 20 && reached.size < wanted.length; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => document.activeElement?.getAttribute('data-control') ?? null);
    if (at !== null) reached.add(at);
  }
  return wanted.filter(({ id }) => !reached.has(id)).map(({ text }) => text);
}

/** Runs in the page: numbers what can be clicked or typed into; of a group of radio buttons one is enough. */
function markControls(): { id: string; text: string }[] {
  const selector = 'a[href], button, input:not([type="hidden"]), select, textarea, summary';
  const groups = new Set<string>();
  const marked: { id: string; text: string }[] = [];
  for (const control of document.querySelectorAll<HTMLElement>(selector)) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('nextjs-portal')) continue;
    if (control instanceof HTMLInputElement && control.type === 'radio') {
      if (!control.checked || groups.has(control.name)) continue;
      groups.add(control.name);
    }
    const id = String(marked.length);
    control.setAttribute('data-control', id);
    marked.push({ id, text: control.outerHTML.slice(0, 160) });
  }
  return marked;
}

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Both themes and both sizes; what depends on theme and size together is colour, which no width changes. */
const LOOKS: readonly Look[] = [
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'dark', viewport: WIDE },
];

async function examine(page: Page, { server }: Desk, screen: Screen, { colorScheme, viewport }: Look): Promise<void> {
  const name = `${screen.name}, ${colorScheme}, ${viewport.width} px`;
  await page.goto(server.address + screen.path);
  await page.waitForLoadState('load');
  expect.soft(await overflowing(page), name).toEqual([]);
  expect.soft(await violations(page), name).toEqual([]);
}

async function examineAll(desk: Desk, browser: Browser, look: Look): Promise<void> {
  const stranger = await browser.newPage(look);
  const owner = await browser.newPage(look);
  if (desk.screens.some((screen) => screen.signedIn)) await signIn(owner, desk.server, OWNER);
  for (const screen of desk.screens) await examine(screen.signedIn ? owner : stranger, desk, screen, look);
  await Promise.all([stranger.close(), owner.close()]);
}

for (const [title, open] of [
  ['on the first day', async () => firstDay()],
  ['with an empty desk', async () => emptyDesk()],
  ['with a busy desk', busyDesk],
] as const) {
  test(`I can read every screen ${title}, in light and dark and on a phone`, async ({ browser, page }) => {
    test.setTimeout(240_000);
    const desk = await open(page);
    for (const look of LOOKS) await examineAll(desk, browser, look);
    await desk.server.stop();
    await desk.deployment.remove();
  });
}

test('I can use every screen without a mouse', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const desk = await busyDesk(page);
  const stranger = await browser.newPage();
  for (const screen of desk.screens) {
    const own = screen.signedIn ? page : stranger;
    await own.goto(desk.server.address + screen.path);
    await own.waitForLoadState('load');
    expect(await unreachable(own), screen.name).toEqual([]);
  }
  await test.step('signing in and opening an invoice', async () => {
    await stranger.goto(`${desk.server.address}/sign-in?next=/invoices`);
    await stranger.getByLabel('Email').focus();
    await stranger.keyboard.type(OWNER.email);
    await stranger.keyboard.press('Tab');
    await stranger.keyboard.type(OWNER.password);
    await stranger.keyboard.press('Enter');
    await expect(stranger).toHaveURL(`${desk.server.address}/invoices`);
    await stranger
      .getByRole('link', { name: /^Open invoice/ })
      .first()
      .focus();
    await stranger.keyboard.press('Enter');
    await expect(stranger).toHaveURL(/\/invoices\?panel=[0-9a-f-]{36}$/);
    await stranger.getByRole('link', { name: 'Open the full page' }).focus();
    await stranger.keyboard.press('Enter');
    await expect(stranger).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
  });
  await stranger.close();
  await desk.server.stop();
  await desk.deployment.remove();
});
