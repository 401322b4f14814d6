import { type Database, DatabaseUnavailable, getDatabase } from '@/lib/db/client';
import { batchWriter } from './batch-writer';
import { type KnownContent, type KnownCopy, NotInLedger, writeBatch, writeKnownCopies } from './ledger';
import { saysCarrierWord } from './plan';
import { Recent } from './recent';
import type { VerifiedPostback } from './verified-postback';

/** Gathers postbacks that arrive together into one write, as a database gathers commits into one flush. */

const MAX_BATCH = 64;
/** Below this a write costs more than what it writes. */
const SMALL_BATCH = 8;
const MAX_BATCH_BYTES = 2 * 1024 * 1024;
/** How many writes may be under way: while one waits for the disk, the next one is prepared. */
const WRITES = { pglite: 1, pg: 2, neon: 4 } as const;
/** After so many lost races a postback is not stored, and answered 503. */
const MAX_RACES = 5;

export type RecordedOutcome = 'accepted' | 'duplicate' | 'contradiction';

interface Waiting {
  readonly entry: VerifiedPostback;
  readonly done: (outcome: RecordedOutcome) => void;
  readonly failed: (error: unknown) => void;
  races: number;
}

export interface Load {
  readonly waiting: number;
  /** Writes that are under way. */
  readonly writing: number;
}

class Gatherer {
  private queue: Waiting[] = [];
  private underWay = 0;
  /** Invoices of the postbacks in the writes that are under way, one each. */
  private readonly inFlight: string[] = [];
  /** Invoices of which copies are being counted, and how many. */
  private readonly counting = new Map<string, number>();
  /** Invoices that this process has met: one that it has not is most likely new, and is not read before it is written. */
  private readonly met = new Recent<true>();
  /** What the ledger holds for certain, by content: to count a copy of it asks for nothing else. */
  private readonly known = new Recent<KnownContent>();

  constructor(private readonly database: Database) {}

  async add(entry: VerifiedPostback): Promise<RecordedOutcome> {
    const first = this.known.get(entry.contentKey);
    // Its own row: a try whose answer was lost is no copy of itself.
    // And one that was refused before has a row to resolve.
    const isKnown = first !== undefined && first.id !== entry.arrival.id && !entry.recheck;
    if (!isKnown || saysCarrierWord(entry)) return this.gather(entry);
    await this.count({ entry, first });
    return 'duplicate';
  }

  /** What comes after it waits, as for a write: a copy may bring a token that the next postback has altered content under. */
  private async count(copy: KnownCopy): Promise<void> {
    const { invoiceId } = copy.entry;
    this.counting.set(invoiceId, (this.counting.get(invoiceId) ?? 0) + 1);
    try {
      await this.copies(this.database, copy);
    } finally {
      const left = (this.counting.get(invoiceId) ?? 1) - 1;
      if (left > 0) this.counting.set(invoiceId, left);
      else this.counting.delete(invoiceId);
      this.next();
    }
  }

  private readonly copies = batchWriter<KnownCopy>(async (database, copies) => {
    try {
      const full = await writeKnownCopies(database, copies);
      for (const { entry, first } of copies) {
        if (full.has(first.id)) this.known.set(entry.contentKey, { id: first.id, full: true });
      }
    } catch (error) {
      // The next try reads.
      if (error instanceof NotInLedger) for (const { entry } of copies) this.known.delete(entry.contentKey);
      throw error;
    }
  });

  private gather(entry: VerifiedPostback): Promise<RecordedOutcome> {
    return new Promise((done, failed) => {
      this.queue.push({ entry, done, failed, races: 0 });
      this.next();
    });
  }

  get load(): Load {
    return { waiting: this.queue.length + this.copies.waiting(this.database), writing: this.underWay };
  }

  private next(): void {
    if (this.underWay >= WRITES[this.database.driver] || this.queue.length === 0) return;
    this.underWay += 1;
    // Whatever else this turn of the event loop brings goes into the same write.
    setImmediate(() => {
      const batch = this.take();
      if (batch.length === 0) {
        // All that wait are about invoices being written or counted; the end of that asks again.
        this.underWay -= 1;
        return;
      }
      void this.write(batch).finally(() => {
        this.underWay -= 1;
        for (const { entry } of batch) this.inFlight.splice(this.inFlight.indexOf(entry.invoiceId), 1);
        this.next();
      });
      this.next();
    });
  }

  /**
   * An equal share: were one write to take all that wait, the next would go almost empty, and none would overlap.
   * Postbacks of one invoice are never in two writes at once: they are taken in as they came, and race nobody here.
   */
  private take(): readonly Waiting[] {
    const share = Math.ceil((this.queue.length + this.inFlight.length) / WRITES[this.database.driver]);
    const most = Math.min(MAX_BATCH, Math.max(share, SMALL_BATCH));
    const busy = new Set([...this.inFlight, ...this.counting.keys()]);
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.queue) {
      const { arrival, invoiceId } = waiting.entry;
      const fits = taken.length < most && (taken.length === 0 || bytes + arrival.bytes.byteLength <= MAX_BATCH_BYTES);
      if (fits && !busy.has(invoiceId)) {
        taken.push(waiting);
        bytes += arrival.bytes.byteLength;
      } else {
        left.push(waiting);
        // Nothing of this invoice may overtake it.
        busy.add(invoiceId);
      }
    }
    this.queue = left;
    this.inFlight.push(...taken.map(({ entry }) => entry.invoiceId));
    return taken;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      const written = await writeBatch(
        this.database,
        batch.map((waiting) => waiting.entry),
        this.met,
      );
      for (const { entry, first } of written) if (first) this.known.set(entry.contentKey, { id: first, full: false });
      const lost = batch.filter((waiting, index) => !this.settle(waiting, written[index]?.outcome ?? 'lost_race'));
      this.queue.unshift(...lost);
    } catch (error) {
      await this.recover(batch, error);
    }
  }

  /** False when it has to be tried again, before whatever came after it. */
  private settle(waiting: Waiting, outcome: RecordedOutcome | 'lost_race'): boolean {
    if (outcome !== 'lost_race') waiting.done(outcome);
    else if (++waiting.races < MAX_RACES) return false;
    else waiting.failed(new DatabaseUnavailable('Lost too many races for one invoice'));
    return true;
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
export async function record(entry: VerifiedPostback, database?: Database): Promise<RecordedOutcome> {
  const target = database ?? (await getDatabase());
  shared[GATHERERS] ??= new WeakMap();
  const gatherer = shared[GATHERERS].get(target) ?? new Gatherer(target);
  shared[GATHERERS].set(target, gatherer);
  return gatherer.add(entry);
}

export function gatheredLoad(database: Database): Load {
  return shared[GATHERERS]?.get(database)?.load ?? { waiting: 0, writing: 0 };
}
