import { PGlite } from '@electric-sql/pglite';
import { afterEach, expect, it, vi } from 'vitest';
import { keepUp } from './pglite-upkeep';
import { testDump } from './testing';

afterEach(() => {
  vi.useRealTimers();
});

it('does nothing while a backup holds the log, and goes on afterwards', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const pglite = await PGlite.create({ loadDataDir: await testDump('empty') });
  const query = vi.spyOn(pglite, 'query');
  const upkeep = keepUp(pglite);
  vi.advanceTimersByTime(60_000);
  expect(query).toHaveBeenCalled();
  // Waits for the turn that is under way.
  const release = await upkeep.hold();
  const before = query.mock.calls.length;
  expect(before).toBeGreaterThan(1);
  vi.advanceTimersByTime(600_000);
  expect(query).toHaveBeenCalledTimes(before);
  release();
  vi.advanceTimersByTime(60_000);
  expect(query.mock.calls.length).toBeGreaterThan(before);
  (await upkeep.hold())();
  upkeep.stop();
  await pglite.close();
});
