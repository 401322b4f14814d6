import { join } from 'node:path';
import { expect } from '@playwright/test';
import { CommandError } from '../command';
import { type Camera, photograph, picture, signIn, THEMES, WIDTHS } from './camera';
import { EMPTY, FIRST_RUN } from './shots';

const OWNER = { name: 'Olivia Owner', email: 'owner@demo.example', password: 'tillbell-demo' };

/** The screens of a deployment on its first day; the owner is made as a person makes it, with the printed link. */
export async function photographFirstRun(camera: Camera, printed: readonly string[]): Promise<number> {
  const link = printed.map((line) => /https?:\/\/\S+\/setup\?token=\S+/.exec(line)?.[0]).find(Boolean);
  if (!link) throw new CommandError('The start printed no first-run link.');
  const first = await photograph(
    camera,
    [...FIRST_RUN, { name: 'setup', path: link.slice(new URL(link).origin.length), signedOut: true }],
    undefined,
  );
  await makeOwner(camera, link);
  const owner = await signIn(camera, OWNER.email, OWNER.password);
  return first + (await wrongPassword(camera)) + (await photograph(camera, EMPTY, owner));
}

async function makeOwner({ browser }: Camera, link: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page).not.toHaveURL(/\/setup/);
  await page.close();
}

async function wrongPassword({ browser, address, folder }: Camera): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('is wrong')).toBeVisible();
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, join(folder, `sign-in-wrong-${width}-${theme}.png`), true);
    }
  }
  await page.close();
  return THEMES.length * WIDTHS.length;
}
