import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { type Ages, staleWhileRevalidate } from './stale-while-revalidate';

const MINUTE = 60_000;
const START = Date.parse('2026-01-27T12:30:00Z');
const AGES: Ages = { fresh: MINUTE, stale: 30 * MINUTE };

describe('what is over', () => {
  beforeAll(async () => setDatabase(await openTestDatabase('pg')));
  afterAll(closeDatabase);

  it('are read once a minute, and what was known is served while they are read anew', async () => {
    const load = vi.fn(async () => [load.mock.calls.length]);
    const told = (minutes: number) => staleWhileRevalidate('one', AGES, load, START + minutes * MINUTE);
    expect([await told(0), await told(0.5)]).toEqual([[1], [1]]);
    expect(await told(2)).toEqual([1]);
    await vi.waitFor(async () => expect(await told(2)).toEqual([2]));
    expect(load).toHaveBeenCalledTimes(2);
    expect(await staleWhileRevalidate('other', AGES, async () => ['other'], START)).toEqual(['other']);
  });

  it('are waited for when nobody asked for half an hour', async () => {
    const load = vi.fn(async () => [load.mock.calls.length]);
    await staleWhileRevalidate('two', AGES, load, START);
    expect(await staleWhileRevalidate('two', AGES, load, START + 31 * MINUTE)).toEqual([2]);
  });

  it('are not staleWhileRevalidate where reading failed, and stay known where reading anew fails', async () => {
    const fail = async (): Promise<readonly string[]> => Promise.reject(new Error('away'));
    await expect(staleWhileRevalidate('three', AGES, fail, START)).rejects.toThrow('away');
    expect(await staleWhileRevalidate('three', AGES, async () => ['there'], START)).toEqual(['there']);
    expect(await staleWhileRevalidate('three', AGES, fail, START + 2 * MINUTE)).toEqual(['there']);
    expect(await staleWhileRevalidate('three', AGES, fail, START + 2 * MINUTE)).toEqual(['there']);
  });
});
