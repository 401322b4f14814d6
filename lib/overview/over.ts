import { type Database, getDatabase } from '@/lib/db/client';
import type { Edges } from './parts';

/** Served as it is; what is older is served once more while it is read anew. */
const FRESH_MS = 60_000;
/** Nobody looked for so long that a reader waits for what is true now. */
const STALE_MS = 30 * 60_000;
/** A new day has new edges; those of yesterday are dropped with the rest. */
const MOST = 32;

interface Memory {
  rows: Promise<readonly unknown[]>;
  readAt: number;
  reading: boolean;
}

/** By database, so that one that was closed takes its days with it. */
const memories = new WeakMap<Database, Map<string, Memory>>();

/**
 * Days that are over change only where a late or replayed postback speaks of them, so they are read once a minute at
 * most, however many people look. Rows of all projects: never to be shown without leaving out what is not one's own.
 */
export async function rememberedParts<Row>(
  name: string,
  { begins, until }: Edges,
  load: () => Promise<readonly Row[]>,
  now = Date.now(),
): Promise<readonly Row[]> {
  const database = await getDatabase();
  const known = memories.get(database) ?? new Map<string, Memory>();
  memories.set(database, known);
  const key = `${name} ${[...begins, until].map((at) => at?.getTime()).join()}`;
  const memory = known.get(key);
  if (!memory || now - memory.readAt > STALE_MS) return remember(known, key, load, now) as Promise<readonly Row[]>;
  if (now - memory.readAt > FRESH_MS && !memory.reading) refresh(memory, load, now);
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
  // What failed is not remembered.
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
