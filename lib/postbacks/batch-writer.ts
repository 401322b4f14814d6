import { setTimeout as wait } from 'node:timers/promises';
import { type Database, isUnavailable } from '@/lib/db/client';

/** Of one write: it must not take longer than a sender waits because of those that came with it. */
const MOST_ITEMS = 256;
const MOST_BYTES = 2 * 1024 * 1024;

interface Waiting<Item> {
  readonly item: Item;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** What is handed in while a write is under way goes into the next one; each is done once its own write is durable. */
class BatchWriter<Item> {
  private queue: Waiting<Item>[] = [];
  private underWay = false;

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    private readonly sizeOf: (item: Item) => number,
    private readonly restMs: number,
  ) {}

  add(item: Item): Promise<void> {
    return new Promise((done, failed) => {
      this.queue.push({ item, done, failed });
      if (this.underWay) return;
      this.underWay = true;
      // Whatever else this turn of the event loop brings goes along.
      setImmediate(() => void this.writeAll());
    });
  }

  get waiting(): number {
    return this.queue.length;
  }

  private async writeAll(): Promise<void> {
    while (this.queue.length > 0) {
      await this.writeSome(this.queue.splice(0, this.nextCount()));
      if (this.restMs > 0) await wait(this.restMs);
    }
    this.underWay = false;
  }

  private nextCount(): number {
    let bytes = 0;
    const tooMany = this.queue.findIndex(({ item }, index) => {
      bytes += this.sizeOf(item);
      return index > 0 && (index === MOST_ITEMS || bytes > MOST_BYTES);
    });
    return tooMany < 0 ? this.queue.length : tooMany;
  }

  /** One that cannot be written must not take the others along: each is tried once more alone. */
  private async writeSome(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.write(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length === 1 || isUnavailable(error)) for (const { failed } of batch) failed(error);
      else for (const waiting of batch) await this.writeSome([waiting]);
    }
  }
}

interface BatchWriterFor<Item> {
  (database: Database, item: Item): Promise<void>;
  /** How many are not being written yet. */
  waiting(database: Database): number;
}

/** A batch writer for each database, which `write` is told; `sizeOf` in bytes, `restMs` between two writes. */
export function batchWriter<Item>(
  write: (database: Database, items: readonly Item[]) => Promise<void>,
  sizeOf: (item: Item) => number = () => 0,
  restMs = 0,
): BatchWriterFor<Item> {
  const batchWriters = new WeakMap<Database, BatchWriter<Item>>();
  const add = (database: Database, item: Item): Promise<void> => {
    const known =
      batchWriters.get(database) ?? new BatchWriter<Item>((items) => write(database, items), sizeOf, restMs);
    batchWriters.set(database, known);
    return known.add(item);
  };
  return Object.assign(add, { waiting: (database: Database) => batchWriters.get(database)?.waiting ?? 0 });
}
