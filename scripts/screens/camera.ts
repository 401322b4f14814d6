import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { CommandError } from '../command';
import type { Shot } from './shots';

export const THEMES = ['light', 'dark'] as const;
export const WIDTHS = [360, 768, 1440] as const;
const HEIGHT = 900;
const TALLEST = 8_000;

export interface Camera {
  readonly browser: Browser;
  /** Where the product is. */
  readonly address: string;
  readonly folder: string;
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Signs in through the page, as a person does; the session is what the other contexts begin with. */
export async function signIn({ browser, address }: Camera, email: string, password: string): Promise<State> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${address}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Every shot in both themes and all widths; how many pictures that made. */
export async function photograph(camera: Camera, shots: readonly Shot[], state: State | undefined): Promise<number> {
  const views = THEMES.flatMap((theme) => WIDTHS.map((width) => ({ theme, width })));
  for (const { theme, width } of views) {
    const view = { colorScheme: theme, viewport: { width, height: HEIGHT } };
    const stranger = await camera.browser.newContext(view);
    const member = await camera.browser.newContext({ ...view, storageState: state });
    for (const shot of shots) {
      const page = await (shot.signedOut ? stranger : member).newPage();
      await visit(page, camera.address, shot);
      await picture(page, join(camera.folder, `${shot.name}-${width}-${theme}.png`), true);
      await page.close();
    }
    await stranger.close();
    await member.close();
  }
  return shots.length * views.length;
}

export async function visit(page: Page, address: string, { name, path, open }: Shot): Promise<void> {
  await page.goto(`${address}${path}`);
  if (open === undefined) return;
  // A link to a list's own page (`/settings/projects/new`) is none of its entries.
  const links = page.locator(`main a[href^="${open}"]:not([href$="/new"], [href$="/invite"])`);
  const entry = await links
    .first()
    .getAttribute('href', { timeout: 10_000 })
    .catch(() => null);
  if (entry === null) throw new CommandError(`There is nothing to open on ${path} for the screen ${name}.`);
  await page.goto(`${address}${entry}`);
}

/**
 * Open pages keep a connection for what is new, so the network is never idle: fonts are what counts. For all of a page
 * the window grows, because what is fixed to its edge would stand in the middle of a longer picture.
 */
export async function picture(page: Page, path: string, whole: boolean): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  if (whole) {
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    const width = page.viewportSize()?.width ?? 1_440;
    await page.setViewportSize({ width, height: Math.min(Math.max(height, HEIGHT), TALLEST) });
  }
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}
