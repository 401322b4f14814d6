import { type Database, DatabaseUnavailable, getDatabase } from '@/lib/db/client';
import type { Entry } from './entry';
import { writeBatch } from './ledger';

/** Gathers postbacks that arrive together into one write, as a database gathers commits into one flush. */

const MAX_BATCH = 64;
const MAX_BATCH_BYTES = 2 * 1024 * 1024;
/** How many writes may be under way: while one waits for the disk, the next one is prepared. */
const WRITES = { pglite: 1, pg: 2, neon: 4 } as const;
/** After so many lost races a postback is not stored: 503, and the provider sends it again. */
const MAX_RACES = 5;

export type RecordedOutcome = 'accepted' | 'duplicate' | 'contradiction';

interface Waiting {
  readonly entry: Entry;
  readonly done: (outcome: RecordedOutcome) => void;
  readonly failed: (error: unknown) => void;
  races: number;
}

class Gatherer {
  private queue: Waiting[] = [];
  private underWay = 0;

  constructor(private readonly database: Database) {}

  add(entry: Entry): Promise<RecordedOutcome> {
    return new Promise((done, failed) => {
      this.queue.push({ entry, done, failed, races: 0 });
      this.next();
    });
  }

  private next(): void {
    if (this.underWay >= WRITES[this.database.driver] || this.queue.length === 0) return;
    this.underWay += 1;
    // Whatever else this turn of the event loop brings goes into the same write.
    setImmediate(() => {
      const batch = this.take();
      void this.write(batch).finally(() => {
        this.underWay -= 1;
        this.next();
      });
      this.next();
    });
  }

  private take(): readonly Waiting[] {
    let bytes = 0;
    const end = this.queue.findIndex((waiting, index) => {
      bytes += waiting.entry.arrival.bytes.byteLength;
      return index >= MAX_BATCH || (index > 0 && bytes > MAX_BATCH_BYTES);
    });
    return this.queue.splice(0, end === -1 ? this.queue.length : end);
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const written = await writeBatch(
        this.database,
        batch.map((waiting) => waiting.entry),
      );
      for (const [index, waiting] of batch.entries()) this.settle(waiting, written[index]?.outcome ?? 'lost_race');
    } catch (error) {
      await this.recover(batch, error);
    }
  }

  private settle(waiting: Waiting, outcome: RecordedOutcome | 'lost_race'): void {
    if (outcome !== 'lost_race') waiting.done(outcome);
    else if (++waiting.races < MAX_RACES) this.queue.push(waiting);
    else waiting.failed(new DatabaseUnavailable('Lost too many races for one invoice'));
  }

  /** A postback that cannot be written must not take its neighbours along: each is tried once more alone. */
  private async recover(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1 || error instanceof DatabaseUnavailable) {
      for (const waiting of batch) waiting.failed(error);
      return;
    }
    for (const waiting of batch) await this.write([waiting]);
  }
}

const GATHERERS = Symbol.for('tillbell.gatherers');
const shared: typeof globalThis & { [GATHERERS]?: WeakMap<Database, Gatherer> } = globalThis;

/** Stores one authentic postback with what it changes; resolved only once that is durable. */
export async function record(entry: Entry, database?: Database): Promise<RecordedOutcome> {
  const target = database ?? (await getDatabase());
  shared[GATHERERS] ??= new WeakMap();
  const gatherer = shared[GATHERERS].get(target) ?? new Gatherer(target);
  shared[GATHERERS].set(target, gatherer);
  return gatherer.add(entry);
}
