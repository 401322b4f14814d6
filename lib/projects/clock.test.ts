import { describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { receive } from '@/lib/postbacks/receive';
import { openShop, post, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { findClockOff } from './clock';

const MINUTE = 60_000;
const NOW = new Date('2026-03-01T12:00:00.000Z');

/** Sent now by the provider's clock, and received by ours. */
async function arrive(shop: Shop, offMs: number, at = NOW): Promise<void> {
  const { body, headers } = await shop.provider.sign(sample(shop, 'paid'), shop.key, { now: at });
  const request = new Request(`http://shop.example${shop.path}`, { method: 'POST', body: Buffer.from(body), headers });
  await receive(request, { now: new Date(at.getTime() + offMs) });
}

describe('This server’s clock', () => {
  eachDatabase(() => {
    const seeing = (shop: Shop): Access => accessOf({ staffId: crypto.randomUUID(), projects: [shop.id] });
    const off = (shop: Shop, offMs: number): ReturnType<typeof findClockOff> =>
      findClockOff(seeing(shop), new Date(NOW.getTime() + offMs));

    it('ten minutes ahead is known by the first postback that is refused for it', async () => {
      const shop = await openShop();
      await arrive(shop, 10 * MINUTE);
      expect(await off(shop, 10 * MINUTE)).toMatchObject({
        projectId: shop.id,
        finding: { state: 'bad', word: 'late', values: { milliseconds: 10 * MINUTE } },
      });
    });

    it('ten minutes behind is known by the first postback whose token lives too long', async () => {
      const shop = await openShop();
      await arrive(shop, -10 * MINUTE);
      expect(await off(shop, -10 * MINUTE)).toMatchObject({
        finding: { state: 'attention', word: 'early', values: { milliseconds: 10 * MINUTE } },
      });
    });

    it('is not blamed for one old postback among those that came in time, nor for long ago, nor in other projects', async () => {
      const shop = await openShop();
      const other = await openShop();
      await arrive(shop, 10 * MINUTE);
      expect(await off(shop, 90 * MINUTE)).toBeNull();
      expect(await off(other, 10 * MINUTE)).toBeNull();
      await post(shop, sample(shop, 'paid'), { now: new Date(NOW.getTime() + 11 * MINUTE) });
      expect(await off(shop, 12 * MINUTE)).toBeNull();
    });
  });
});
