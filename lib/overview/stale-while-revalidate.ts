import { type Database, getDatabase } from '@/lib/db/client';

/** How old, in milliseconds, a cached value may be. */
export interface Ages {
  /** Served as it is; what is older is served once more while it is read anew. */
  readonly fresh: number;
  /** So old that a reader waits for what is true now. */
  readonly stale: number;
}

/** Enough for every project's habits; a new day's sums stand beside those of the day before until then. */
const MOST = 1_000;

interface Memory {
  rows: Promise<readonly unknown[]>;
  readAt: number;
  reading: boolean;
}

/** By database, so that one that was closed takes what was read from it with it. */
const memories = new WeakMap<Database, Map<string, Memory>>();

/**
 * For what is over and costs much to read: it changes only where a late or replayed postback speaks of it, so it is read
 * once in a while, however many people look.
 */
export async function staleWhileRevalidate<Row>(
  key: string,
  ages: Ages,
  load: () => Promise<readonly Row[]>,
  now: number,
): Promise<readonly Row[]> {
  const database = await getDatabase();
  const known = memories.get(database) ?? new Map<string, Memory>();
  memories.set(database, known);
  const memory = known.get(key);
  if (!memory || now - memory.readAt > ages.stale) return remember(known, key, load, now) as Promise<readonly Row[]>;
  if (now - memory.readAt > ages.fresh && !memory.reading) refresh(memory, load, now);
  return memory.rows as Promise<readonly Row[]>;
}

function remember<Row>(
  known: Map<string, Memory>,
  key: string,
  load: () => Promise<readonly Row[]>,
  now: number,
): Promise<readonly unknown[]> {
  if (known.size >= MOST) known.clear();
  const memory: Memory = { rows: load(), readAt: now, reading: false };
  known.set(key, memory);
  // What failed is not cached.
  memory.rows.catch(() => known.get(key) === memory && known.delete(key));
  return memory.rows;
}

function refresh<Row>(memory: Memory, load: () => Promise<readonly Row[]>, now: number): void {
  memory.reading = true;
  load()
    .then((rows) => {
      memory.rows = Promise.resolve(rows);
      memory.readAt = now;
    })
    // The next reader tries again; until then what was known stands.
    .catch(() => undefined)
    .finally(() => {
      memory.reading = false;
    });
}
