import { describe, expect, it } from 'vitest';
import type { Scan } from './scan';
import { BATCH } from './scan';
import { everyDriver } from './testing';

const MANY = 2 * BATCH + 7;
const NOTE = `insert into audit_log (action, at)`;

/** In the order of their ids, from the one after where a batch ended. */
const everyNote: Scan = (after, limit) => ({
  text: `select at::text as at, id::text as id, action from audit_log
    where $1::uuid is null or id > $1::uuid order by id limit $2::int4`,
  parameters: [after?.id ?? null, limit],
});

interface Note {
  readonly at: string;
  readonly id: string;
  readonly action: string;
}

everyDriver((database, driver) => {
  const run = (text: string): Promise<unknown[]> => database().run({ name: null, text }, []);

  describe('a scan', () => {
    it('reads every row once, in batches, as of one moment where there are cursors', async () => {
      await run(`${NOTE} select 'before', now() from generate_series(1, ${MANY})`);
      const seen: string[] = [];
      let batches = 0;
      for await (const rows of database().scan<Note>(everyNote)) {
        // Before every id there is, and after: whoever reads batch by batch comes across the second.
        if (batches === 0)
          await run(`${NOTE.replace('(', '(id, ')} values ('ffffffff-0000-4000-8000-000000000000', 'after', now())`);
        batches += 1;
        seen.push(...rows.map(({ action }) => action));
      }
      expect(batches).toBeGreaterThan(1);
      expect(seen.filter((action) => action === 'before')).toHaveLength(MANY);
      expect(seen.filter((action) => action === 'after')).toHaveLength(driver === 'pglite' ? 1 : 0);
    });

    it('may be left in the middle, as often as one likes', async () => {
      for (let times = 0; times < 10; times += 1) {
        for await (const rows of database().scan<Note>(everyNote)) {
          expect(rows.length).toBeGreaterThan(0);
          break;
        }
      }
    });

    it('says what PostgreSQL says', async () => {
      const wrong = database().scan(() => ({ text: 'select 1 / 0 as at, 1 as id', parameters: [] }));
      await expect(wrong.next()).rejects.toThrow(/division by zero/);
    });
  });
});
