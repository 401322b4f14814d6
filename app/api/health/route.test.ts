import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeDatabase, type Database, setDatabase } from '@/lib/db/client';
import { openTestDatabase } from '@/lib/db/testing';
import { logTo } from '@/lib/log/log';
import { GET } from './route';

const lines: string[] = [];
let database: Database;
let back: () => void;

beforeEach(async () => {
  lines.length = 0;
  back = logTo((line) => lines.push(line));
  database = await openTestDatabase('pg');
  setDatabase(database);
});
afterEach(async () => {
  vi.useRealTimers();
  back();
  setDatabase(database);
  await closeDatabase();
});

async function told(): Promise<readonly [number, unknown]> {
  const answer = await GET();
  return [answer.status, await answer.json()];
}

it('is ok while the database answers', async () => {
  expect(await told()).toEqual([200, { status: 'ok' }]);
  expect(lines).toEqual([]);
});

it('says no more than that it is not, and the operators why', async () => {
  const run = (): Promise<never> => Promise.reject(new Error('role "tillbell" of 10.0.0.7 may not connect'));
  setDatabase({ ...database, run });
  expect(await told()).toEqual([503, { status: 'unavailable' }]);
  expect(lines.join()).toContain('may not connect');
  setDatabase(database);
  expect(await told()).toEqual([200, { status: 'ok' }]);
});

it('answers within three seconds, and asks once for however many ask', async () => {
  let answer = (): void => {};
  const run = vi.fn(
    () =>
      new Promise<never[]>((resolve) => {
        answer = () => resolve([]);
      }),
  );
  setDatabase({ ...database, run });
  vi.useFakeTimers();
  const all = Promise.all(Array.from({ length: 20 }, told));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await all).toEqual(Array.from({ length: 20 }, () => [503, { status: 'unavailable' }]));
  expect(run).toHaveBeenCalledTimes(1);
  // It comes back by itself.
  answer();
  await vi.advanceTimersByTimeAsync(0);
  setDatabase(database);
  vi.useRealTimers();
  expect(await told()).toEqual([200, { status: 'ok' }]);
});
