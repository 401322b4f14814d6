import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '@/lib/crypto';
import { everyDriver } from '@/lib/db/testing';
import { crypto, minute, received, session } from '@/lib/fold/events.testing';
import { signToken } from '@/lib/providers/cryptocloud-family/sign';
import type { Event, Fields } from '@/lib/providers/provider';
import { entryOf } from './entries.testing';
import { record } from './record';
import { replay } from './replay';
import {
  after,
  countOf,
  deliver,
  invoicesOf,
  ledger,
  NOON,
  openShop,
  post,
  query,
  sample,
  transactionsOf,
  withToken,
} from './shop.testing';

describe('Past the limits, where there are no further rows,', () => {
  everyDriver((database) => {
    it.each<[string, (full: Fields) => Fields]>([
      ['a copy beside a hundred others', (full) => full],
      ['an incomplete body', ({ currency: _, ...full }) => full],
    ])('a used token is known all the same: %s', async (_, leaveNoRow) => {
      const shop = await openShop();
      const full = sample(shop, 'paid');
      await post(shop, full);
      await query(database(), 'update postbacks set duplicates = 100 where project_id = $1::uuid', [shop.id]);
      // What is known to have its hundred copies goes another way.
      for (const exp of [300, 301]) {
        const token = await signToken({ id: full.invoice_id, exp: NOON.getTime() / 1000 + 2 * exp }, shop.key);
        await deliver(shop, withToken(leaveNoRow(full), token), { now: after(exp) });
        const altered = {
          ...full,
          invoice_info: { ...(full.invoice_info as Fields), tx_list: [`${exp}${'ab'.repeat(30)}`] },
        };
        await deliver(shop, withToken(altered, token), { now: after(exp + 1) });
      }
      expect(await transactionsOf(database(), shop)).toEqual([{ kind: 'payment', amount: '24.61' }]);
      const rows = (await ledger(database(), shop)).filter((row) => row.invoice_id !== null);
      expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
        ['accepted', null],
        ['contradiction', 'same_token'],
        ['contradiction', 'same_token'],
      ]);
      expect(await replay({ projectId: shop.id })).toMatchObject({ changed: 0 });
    });

    it('keeps a hundred bodies an hour that change nothing, then counts, and still takes what changes something', async () => {
      const shop = await openShop();
      const events: readonly Event[] = Array.from({ length: 105 }, (_, index) => ({
        ...crypto({ hashes: ['a1'] }),
        flags: [{ code: 'no_details', field: `f${index}` }],
      }));
      const told = events.flatMap((event, index) =>
        received([event]).map((receipt) => entryOf({ ...receipt, receivedAt: minute(index / 60) }, shop.id)),
      );
      const tokenHash = sha256Hex('the token of a body that is only counted');
      for (const entry of told.slice(0, -1)) expect(await record(entry, database())).toBe('accepted');
      for (const entry of told.slice(-1)) expect(await record({ ...entry, tokenHash }, database())).toBe('accepted');
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'over_limit')).toBe(5);
      const [topUp, later] = [
        crypto({ hashes: ['a1', 'b2'], amount: '11' }),
        { ...crypto({ hashes: ['a1'] }), flags: [] },
      ].flatMap((event, index) =>
        received([event]).map((receipt) => entryOf({ ...receipt, receivedAt: minute(index === 0 ? 3 : 70) }, shop.id)),
      );
      if (!topUp || !later) throw new Error('Two were told');
      expect(await record({ ...topUp, tokenHash }, database())).toBe('contradiction');
      expect(await ledger(database(), shop)).toHaveLength(101);
      const { arrival } = topUp;
      const again = {
        ...topUp,
        arrival: { ...arrival, id: randomUUID() },
        contentKey: sha256Hex('with its own token'),
      };
      expect(await record(again, database())).toBe('accepted');
      expect(await record(later, database())).toBe('accepted');
      expect(await ledger(database(), shop)).toHaveLength(103);
      expect(await transactionsOf(database(), shop)).toHaveLength(2);
    });

    it('keeps contradictions within the same hundred', async () => {
      const shop = await openShop();
      const told = Array.from({ length: 105 }, (_, index) =>
        session({ pays: { A: index === 0 ? '50' : `${100 + index}` } }),
      ).flatMap((event) => received([event]).map((receipt) => entryOf(receipt, shop.id)));
      const results: string[] = [];
      for (const entry of told) results.push(await record(entry, database()));
      expect(new Set(results.slice(1))).toEqual(new Set(['contradiction']));
      expect(await ledger(database(), shop)).toHaveLength(100);
      expect(await countOf(database(), shop, 'over_limit')).toBe(5);
      expect(await invoicesOf(database(), shop)).toMatchObject([{ amount: '50', attention: ['contradiction'] }]);
    });
  });
});
