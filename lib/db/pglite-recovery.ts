import { statfsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { DatabaseUnavailable } from './unavailable';

/** Two segments of the write-ahead log and room for the rows: a log that cannot grow is what makes PostgreSQL panic. */
const RESERVE_BYTES = 64 * 2 ** 20;
/** A failed start holds the process up for seconds. */
const PATIENCE_MS = 10_000;

/**
 * PGlite that survives a panic. A PostgreSQL that panics ends, and its supervisor starts it anew; the embedded one stays,
 * and the next query turns in circles for ever, the whole process with it. So writes stop before the disk is full, queries
 * wait outside, and after a panic the instance is never touched again: the next query opens another on the same folder.
 */
export async function openRecovering(folder: string, open: () => Promise<PGlite>): Promise<PGlite> {
  const first = await open();
  let current: PGlite | null = first;
  let lastAttempt = 0;
  let queue: Promise<unknown> = Promise.resolve();

  async function reopen(): Promise<PGlite> {
    const now = Date.now();
    if (now - lastAttempt < PATIENCE_MS) throw new DatabaseUnavailable('The embedded database has failed.');
    lastAttempt = now;
    current = await open();
    return current;
  }

  async function attempt<Result>(work: (pglite: PGlite) => Promise<Result>): Promise<Result> {
    const pglite = current ?? (await reopen());
    try {
      return await work(pglite);
    } catch (error) {
      if (isPanic(error)) current = null;
      throw error;
    }
  }

  function inTurn<Result>(work: (pglite: PGlite) => Promise<Result>): Promise<Result> {
    const turn = queue.then(() => attempt(work));
    queue = turn.catch(() => {});
    return turn;
  }

  const query: PGlite['query'] = (text, parameters, options) => {
    return inTurn(async (pglite) => {
      if (WRITES.test(text)) requireSpace(folder);
      return pglite.query(text, parameters, options);
    });
  };
  const guarded: Partial<PGlite> = {
    query,
    exec: (text, options) => inTurn((pglite) => pglite.exec(text, options)),
    dumpDataDir: (compression) => inTurn((pglite) => pglite.dumpDataDir(compression)),
    // In turn: what was asked before still gets its answer.
    close: async () => {
      await queue;
      await current?.close();
    },
  };
  return new Proxy(first, {
    get: (_, name) => Reflect.get(guarded, name) ?? Reflect.get(current ?? first, name),
  });
}

const WRITES = /\b(insert|update|delete)\b/i;

export function isNearlyFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < RESERVE_BYTES;
}

function requireSpace(folder: string): void {
  if (isNearlyFull(folder)) throw new DatabaseUnavailable('The disk of the data folder is full.');
}

function isPanic(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  if (!(error instanceof Error)) return false;
  return error.name === 'ExitStatus' || ('severity' in error && ['PANIC', 'FATAL'].includes(String(error.severity)));
}
