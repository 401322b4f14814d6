import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './client';
import { DataFolderLocked } from './lock';
import { POSTGRES_MAJOR } from './pglite';
import { durableFolder, startParams } from './pglite-files';
import { tend } from './pglite-upkeep';
import { compiled, runProgram } from './testing-programs/run';

// One folder for the whole file, as making one takes seconds: the first test makes it, each leaves it closed.
let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tillbell-data-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

// Each test goes on where the one before it ended.
describe('the embedded database', { shuffle: false }, () => {
  it('starts over when the folder was left half made, and belongs to one at a time', async () => {
    const half = join(dataDir, 'db.new');
    mkdirSync(half);
    writeFileSync(join(half, 'PG_VERSION'), '18\n');
    const database = await openDatabase({ dataDir });
    expect(await database.run({ name: 'one', text: 'select 1 as one' }, [])).toEqual([{ one: 1 }]);
    expect(existsSync(half)).toBe(false);
    await expect(openDatabase({ dataDir })).rejects.toBeInstanceOf(DataFolderLocked);
    await database.close();
  });

  it('keeps every acknowledged row when the process is killed while it writes', async () => {
    const program = await compiled(new URL('./testing-programs/write-until-killed.ts', import.meta.url));
    const acknowledged: number[] = [];
    for (const round of [1, 2]) {
      const writer = runProgram(program, dataDir, String(round * 100_000));
      await expect.poll(() => writer.printed().split('\n').length, { timeout: 50_000 }).toBeGreaterThan(40 * round);
      await writer.kill('SIGKILL');
      acknowledged.push(...writer.printed().split('\n').slice(0, -1).map(Number));
    }
    const database = await openDatabase({ dataDir });
    const rows = await database.run<{ number: number }>({ name: 'kept', text: 'select number from kept' }, []);
    const kept = new Set(rows.map(({ number }) => number));
    expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
    await database.close();
  });

  it('syncs each commit to the disk, keeps its log short and clears dead rows away', async () => {
    const counter = { syncs: 0 };
    const pglite = await PGlite.create({
      fs: durableFolder(join(dataDir, 'db'), counter),
      startParams: startParams(PGlite.defaultStartParams),
    });
    await pglite.exec('create table filled (number int4, body text)');
    const before = counter.syncs;
    for (const number of [1, 2, 3, 4, 5]) await pglite.query('insert into filled values ($1)', [number]);
    expect(counter.syncs - before).toBeGreaterThanOrEqual(5);

    const redo = async (): Promise<unknown> =>
      (await pglite.query('select redo_lsn from pg_control_checkpoint()')).rows;
    await pglite.exec(`insert into filled select n, repeat('x', 500) from generate_series(1, 4000) n`);
    await pglite.exec('delete from filled where number > 10');
    // PostgreSQL counts changes with a delay otherwise.
    await pglite.exec('select pg_stat_force_next_flush()');
    const first = await redo();
    await tend(pglite);
    expect(await redo()).toEqual(first);
    await pglite.exec('select pg_stat_force_next_flush()');
    const { rows } = await pglite.query(
      `select n_dead_tup::int4 as dead from pg_stat_user_tables where relname = 'filled'`,
    );
    expect(rows).toEqual([{ dead: 0 }]);
    await tend(pglite, 2 ** 20);
    expect(await redo()).not.toEqual(first);
    await pglite.close();
  });

  describe('that is damaged or somebody else’s is refused in a sentence', () => {
    const db = (copy: string, ...path: string[]): string => join(copy, 'db', ...path);

    it.each<[string, (copy: string) => void, string]>([
      ['another PostgreSQL’s', (copy) => writeFileSync(db(copy, 'PG_VERSION'), '16\n'), 'it is PostgreSQL 16’s'],
      ['an empty control file', (copy) => writeFileSync(db(copy, 'global', 'pg_control'), ''), 'its files are damaged'],
      ['no database in it', (copy) => rmSync(db(copy, 'PG_VERSION')), 'there is none in this folder'],
      [
        'a file in its place',
        (copy) => {
          rmSync(db(copy), { recursive: true });
          writeFileSync(db(copy), '');
        },
        'it is a file',
      ],
    ])('%s', async (_, damage, why) => {
      const copy = mkdtempSync(join(tmpdir(), 'tillbell-damaged-'));
      try {
        cpSync(join(dataDir, 'db'), db(copy), { recursive: true });
        expect(readFileSync(db(copy, 'PG_VERSION'), 'utf8').trim()).toBe(POSTGRES_MAJOR);
        damage(copy);
        const opening = openDatabase({ dataDir: copy });
        await expect(opening).rejects.toMatchObject({ name: 'DataFolderUnusable' });
        await expect(opening).rejects.toThrow(`The database in ${db(copy)} cannot be opened: ${why}`);
        await expect(opening).rejects.toThrow('restore --from FILE --overwrite');
        // And the folder is free again.
        await expect(openDatabase({ dataDir: copy })).rejects.toThrow('cannot be opened');
      } finally {
        rmSync(copy, { recursive: true });
      }
    });
  });
});
