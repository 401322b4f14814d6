import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Database, DatabaseUnavailable, openDatabase } from './client';
import { fillDataFolder } from './testing';

const disk = vi.hoisted(() => ({ broken: false, free: 2 ** 40 }));

vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  return {
    ...real,
    fsyncSync: (file: number) => {
      if (disk.broken) throw Object.assign(new Error('the disk is broken'), { code: 'EIO' });
      real.fsyncSync(file);
    },
    statfsSync: () => ({ bavail: disk.free, bsize: 1 }),
  };
});

const insert = { name: 'test_insert', text: 'insert into kept values ($1)' };
const select = { name: 'test_select', text: 'select number from kept order by number' };

let dataDir: string;
let database: Database;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tillbell-recovery-'));
  await fillDataFolder(dataDir, 'empty');
  database = await openDatabase({ dataDir });
  await database.run({ name: 'test_create', text: 'create table kept (number int4)' }, []);
});
beforeEach(async () => {
  await database.run({ name: 'test_delete', text: 'delete from kept' }, []);
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

it('reads and does not write when the disk is nearly full', async () => {
  await database.run(insert, [1]);
  disk.free = 2 ** 20;
  await expect(database.run(insert, [2])).rejects.toThrow('The disk of the data folder is full.');
  await expect(database.run(insert, [2])).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(await database.run(select, [])).toEqual([{ number: 1 }]);
  disk.free = 2 ** 40;
  await database.run(insert, [3]);
  expect(await database.run(select, [])).toEqual([{ number: 1 }, { number: 3 }]);
});

it('opens the folder again after a panic, and has everything that was acknowledged', async () => {
  await database.run(insert, [1]);
  disk.broken = true;
  const waiting = [2, 3, 4].map((number) => database.run(insert, [number]));
  for (const outcome of await Promise.allSettled(waiting)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) });
  }
  disk.broken = false;
  // It waits between attempts to open; the wait is over.
  vi.spyOn(Date, 'now').mockReturnValueOnce(Number.MAX_SAFE_INTEGER);
  await database.run(insert, [5]);
  const rows = await database.run<{ number: number }>(select, []);
  const numbers = rows.map(({ number }) => number);
  expect(numbers).toContain(1);
  expect(numbers).toContain(5);
});
