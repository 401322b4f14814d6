import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { type App, test } from './app';
import { OWNER, signIn } from './desk';
import { send } from './http';
import { busyDesk, type Desk, emptyDesk, firstDay, type Screen } from './screens';
import { sampleOf, signed } from './signed';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Text of one character, as a small count is, has no contrast to axe unless it is told otherwise; what is given replaces all that it would use. */
const CONTRAST = {
  ignoreUnicode: true,
  ignoreLength: true,
  ignorePseudo: false,
  boldValue: 700,
  boldTextPt: 14,
  largeTextPt: 18,
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
  pseudoSizeThreshold: 0.25,
  shadowOutlineEmMax: 0.2,
  textStrokeEmMin: 0.03,
};
const ONE_DIGIT_TOO = `axe.configure(${JSON.stringify({ checks: [{ id: 'color-contrast', options: CONTRAST }] })})`;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** What a screen reader or a person with weak sight would stumble over, as one line each. */
async function violations(page: Page, rules: 'every rule' | 'contrast'): Promise<readonly string[]> {
  const runOnly = rules === 'contrast' ? { runOnly: ['color-contrast'] } : {};
  // Contrast is measured after the transition from one theme to the other.
  await page.evaluate(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  });
  const options = JSON.stringify({ resultTypes: ['violations'], ...runOnly });
  const results = await page.evaluate<AxeResults>(`${ONE_DIGIT_TOO}; axe.run(document, ${options})`);
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
  const most = wanted.length * 2 + 20;
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    // Asked only now and then: asking takes longer than pressing.
    const isTimeToAsk = presses % 20 === 19;
    if (isTimeToAsk && (await page.evaluate(reachedControls)).length === wanted.length) return [];
  }
  const reached = await page.evaluate(reachedControls);
  return wanted.filter(({ id }) => !reached.includes(id)).map(({ text }) => text);
}

/** Runs in the page: the numbers of what has had the focus. */
function reachedControls(): string[] {
  const reached = document.querySelectorAll('[data-control][data-reached]');
  return [...reached].map((control) => control.getAttribute('data-control') ?? '');
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
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) target.setAttribute('data-reached', '');
  });
  return marked;
}

/** Everything on a wide screen in the dark theme; on a phone in the light one what size and theme change. */
async function examine(page: Page, { server }: Desk, screen: Screen): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(server.address + screen.path);
  await page.waitForLoadState('load');
  await page.evaluate(AXE);
  expect.soft(await overflowing(page), `${screen.name}, wide`).toEqual([]);
  expect.soft(await violations(page, 'every rule'), `${screen.name}, dark`).toEqual([]);
  expect.soft(await unreachable(page), `${screen.name}, by keyboard`).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await overflowing(page), `${screen.name}, on a phone`).toEqual([]);
  expect.soft(await violations(page, 'contrast'), `${screen.name}, light`).toEqual([]);
}

async function examineAll(desk: Desk, browser: Browser): Promise<void> {
  const stranger = await browser.newPage();
  const owner = await browser.newPage();
  const forbidden: string[] = [];
  for (const page of [stranger, owner])
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) forbidden.push(`${page.url()} ${message.text()}`);
    });
  if (desk.screens.some((screen) => screen.signedIn)) await signIn(owner, desk.server, OWNER);
  for (const screen of desk.screens) await examine(screen.signedIn ? owner : stranger, desk, screen);
  await Promise.all([stranger.close(), owner.close()]);
  expect(forbidden, 'what their own policy forbids').toEqual([]);
}

const DESKS: readonly (readonly [string, (app: App, page: Page) => Promise<Desk>])[] = [
  ['on the first day', firstDay],
  ['with an empty desk', emptyDesk],
  ['with a busy desk', busyDesk],
];

for (const [title, open] of DESKS) {
  test(`I can read every screen ${title}, in light and dark and on a phone, and use it without a mouse`, async ({
    app,
    browser,
    page,
  }) => {
    test.setTimeout(240_000);
    await examineAll(await open(app, page), browser);
  });
}

test('I can sign in and open an invoice without a mouse', async ({ app, page }) => {
  const [shop] = await app.reset([{ provider: 'cryptocloud' }], [OWNER]);
  if (!shop) throw new Error('The project was not made');
  const { server } = app;
  await send(server.port, await signed(shop, sampleOf(shop, 'paid')));
  await page.goto(`${server.address}/sign-in?next=/invoices`);
  await page.getByLabel('Email').focus();
  await page.keyboard.type(OWNER.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(OWNER.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${server.address}/invoices`);
  await page
    .getByRole('link', { name: /^Open invoice/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/invoices\?panel=[0-9a-f-]{36}$/);
  await page.getByRole('link', { name: 'Open the full page' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
});

test('a faint text of one digit is found', async ({ page }) => {
  await page.setContent('<main><p style="color: #999; background: #fff">7</p><p style="color: #000">8</p></main>');
  await page.evaluate(AXE);
  expect((await violations(page, 'contrast')).map((line) => line.split(' ')[0])).toEqual(['color-contrast:']);
});
