import type { PGlite } from '@electric-sql/pglite';
import { log } from '@/lib/log/log';

const EVERY_MS = 60_000;
const LOG_BYTES = 64 * 2 ** 20;

export interface Upkeep {
  stop(): void;
  /** No checkpoint until the returned function is called: a backup needs the log since its beginning. */
  hold(): Promise<() => void>;
}

/**
 * What PostgreSQL's background processes do, of which the embedded one has none: without it the write-ahead log grows
 * until the next stop (and a start after kill -9 replays all of it), dead rows stay, and the planner knows nothing.
 */
export function keepUp(pglite: PGlite): Upkeep {
  let held = 0;
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (held > 0 || running) return;
    running = tend(pglite).catch(sayThatItFailed);
    void running.then(() => {
      running = null;
    });
  }, EVERY_MS).unref();
  return {
    stop: () => clearInterval(timer),
    hold: async () => {
      held += 1;
      await running;
      return () => {
        held -= 1;
      };
    },
  };
}

function sayThatItFailed(error: unknown): void {
  log('error', 'The upkeep of the embedded database failed', { error });
}

/** Each step holds everybody up for as long as it takes, so each has a threshold. */
export async function tend(pglite: PGlite, logBytes = LOG_BYTES): Promise<void> {
  const { rows: logs } = await pglite.query<{ full: boolean }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > $1 as full from pg_control_checkpoint()',
    [logBytes],
  );
  if (logs[0]?.full) await pglite.exec('checkpoint');
  // The thresholds of autovacuum with a larger constant: small tables are not worth a pause.
  const { rows: tables } = await pglite.query<{ name: string; dead: boolean; changed: boolean }>(
    `select format('%I.%I', schemaname, relname) as name,
      n_dead_tup > 1000 + 0.2 * n_live_tup as dead,
      n_mod_since_analyze > 1000 + 0.1 * n_live_tup as changed
    from pg_stat_user_tables`,
  );
  for (const { name, dead, changed } of tables) {
    if (dead) await pglite.exec(`vacuum analyze ${name}`);
    else if (changed) await pglite.exec(`analyze ${name}`);
  }
}
