import { expect, type Locator, type Page } from '@playwright/test';
import type { Fields } from '@/lib/providers/provider';
import { test } from './app';
import type { Shop } from './deployment';
import { ACCOUNTANT, MANAGER, OWNER, SUPPORT, signIn, signInToOverview } from './desk';
import { send } from './http';
import type { Server } from './server';
import { sampleOf, signed } from './signed';

/**
 * The jobs for which people open the desk, each by keyboard alone and counted in actions: a key, a chord or a text typed
 * in one go. Reaching something by Tab counts once, as it is one movement of the hand, however many times the key is pressed.
 */
class Keys {
  actions = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.actions += 1;
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.actions += 1;
  }

  /** Fails where Tab does not lead there. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < MOST_STOPS; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) break;
      await this.page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
    this.actions += 1;
  }
}

const MOST_STOPS = 80;

let server: Server;
let coins: Shop;
let parcels: Shop;

test.beforeAll(async ({ app }) => {
  const projects = [
    { provider: 'cryptocloud', name: 'Coins' },
    { provider: 'novapay', name: 'Parcels' },
  ];
  const [first, second] = await app.reset(projects, [OWNER, MANAGER, SUPPORT, ACCOUNTANT]);
  if (!first || !second) throw new Error('A project was not made');
  [coins, parcels] = [first, second];
  server = app.server;
  const failed = sampleOf(parcels, 'waybill-failed');
  const delivery = { ...(failed.delivery as Fields), ew_fail_reason: ['RecipientsPhone invalid format'] };
  await arrive(coins, { ...sampleOf(coins, 'paid'), order_id: 'SHOP-4711' });
  await arrive(parcels, { ...failed, external_id: 'PARCEL-1', delivery });
  await arrive(parcels, sampleOf(parcels, 'holded'));
  const forged = await signed({ ...coins, key: 'x'.repeat(36) }, sampleOf(coins, 'paid'));
  expect((await send(server.port, forged)).status).toBe(401);
});

async function arrive(shop: Shop, fields: Fields): Promise<void> {
  expect((await send(server.port, await signed(shop, fields))).status).toBe(200);
}

test('“I paid, where is my order?” is answered in three actions', async ({ page }) => {
  await signInToOverview(page, server, SUPPORT);
  const keys = new Keys(page);
  await keys.press('/');
  await keys.type('4711');
  await expect(page.getByRole('option')).toHaveCount(1);
  await keys.press('Enter');
  await expect(page.getByText('Your payment of').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
  expect(keys.actions).toBeLessThanOrEqual(3);
});

test('a failed waybill says what to mend, and is marked as resolved', async ({ page }) => {
  await signInToOverview(page, server, SUPPORT);
  const keys = new Keys(page);
  await keys.press('g', 'd');
  const needs = page.getByRole('link', { name: /^Needs a person/ });
  await keys.reach(needs);
  await keys.press('Enter');
  await expect(page.getByText('The recipient’s phone is not written as a Ukrainian mobile number.')).toBeVisible();
  await expect(page.getByText('delivery.recipient_phone')).toBeVisible();
  expect(keys.actions).toBeLessThanOrEqual(3);
});

test('the month-end file is there in two actions', async ({ page }) => {
  await signInToOverview(page, server, ACCOUNTANT);
  const keys = new Keys(page);
  await keys.press('g', 'e');
  const link = page.getByRole('link', { name: 'Download', exact: true });
  await keys.reach(link);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/^money-movements_\d{4}-\d\d_UTC\.csv$/);
  expect(keys.actions).toBeLessThanOrEqual(2);
});

test('of what was refused I read why and what to do', async ({ page }) => {
  await signInToOverview(page, server, OWNER);
  const keys = new Keys(page);
  await keys.press('g', 'p');
  const refused = page.getByRole('link', { name: /^Refused/ }).first();
  await keys.reach(refused);
  await keys.press('Enter');
  await expect(page).toHaveURL(/outcome=refused/);
  await keys.press('j');
  await keys.press('Enter');
  await expect(page.getByText(/signed with another key/).first()).toBeVisible();
  expect(keys.actions).toBeLessThanOrEqual(5);
});

test('a provider is connected and a test postback watched, without a mouse', async ({ page }) => {
  await signIn(page, server, OWNER);
  const keys = new Keys(page);
  await page.goto(`${server.address}/settings/projects`);
  await keys.reach(page.getByRole('link', { name: 'Coins' }));
  await keys.press('Enter');
  await keys.reach(page.getByRole('button', { name: 'Send a test postback' }));
  await keys.press('Enter');
  await expect(page.getByText(/Postback received/)).toBeVisible();
  expect(keys.actions).toBeLessThanOrEqual(4);
});
