import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDatabase, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { rememberedParts } from './over';

const MINUTE = 60_000;
const START = Date.parse('2026-01-27T12:30:00Z');
let day = 0;

/** Edges of a test's own. */
function edges() {
  day += 1;
  return { begins: [new Date(day)], until: new Date(day + 1) };
}

describe('days that are over', () => {
  beforeAll(async () => setDatabase(await openTestDatabase('pglite')));
  afterAll(closeDatabase);

  it('are read once a minute, and what was known is served while they are read anew', async () => {
    const [at, load] = [edges(), vi.fn(async () => [load.mock.calls.length])];
    const told = (minutes: number) => rememberedParts('a', at, load, START + minutes * MINUTE);
    expect([await told(0), await told(0.5)]).toEqual([[1], [1]]);
    expect(await told(2)).toEqual([1]);
    await vi.waitFor(async () => expect(await told(2)).toEqual([2]));
    expect(load).toHaveBeenCalledTimes(2);
    expect(await rememberedParts('b', at, async () => ['b'], START)).toEqual(['b']);
    expect(await rememberedParts('a', edges(), async () => ['other'], START)).toEqual(['other']);
  });

  it('are waited for when nobody asked for half an hour', async () => {
    const [at, load] = [edges(), vi.fn(async () => [load.mock.calls.length])];
    await rememberedParts('a', at, load, START);
    expect(await rememberedParts('a', at, load, START + 31 * MINUTE)).toEqual([2]);
  });

  it('are not remembered where reading failed, and stay known where reading anew fails', async () => {
    const at = edges();
    const fail = async (): Promise<readonly string[]> => Promise.reject(new Error('away'));
    await expect(rememberedParts('a', at, fail, START)).rejects.toThrow('away');
    expect(await rememberedParts('a', at, async () => ['there'], START)).toEqual(['there']);
    expect(await rememberedParts('a', at, fail, START + 2 * MINUTE)).toEqual(['there']);
    expect(await rememberedParts('a', at, fail, START + 2 * MINUTE)).toEqual(['there']);
  });
});
