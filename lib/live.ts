import { getDatabase } from '@/lib/db/client';
import { type Changes, changesSince, currentFence, outdated } from '@/lib/live-changes';
import { log } from '@/lib/log/log';
import { type Access, may, maySeeProject } from '@/lib/staff/access';

/** Announcements this close together are told as one. */
const GATHER_MS = 50;
/** However much arrives: a screen draws itself anew three times a second at most. */
const APART_MS = 250;
/** Another process may have written: where one can, look as often as this, while somebody watches. */
const POLL_MS = 1_000;
/** Remembered while an old transaction runs; each look hands them to the database. */
const MOST_TOLD = 5_000;
const ACCESS_CHECK_MS = 4_000;
/** All tabs of a browser share one, so this is so many browsers and devices. */
const MOST_PER_MEMBER = 20;

export interface LiveEvent {
  readonly fence: string;
  /** Empty lists: something changed, look again. */
  readonly invoices: readonly string[];
  readonly postbacks: readonly string[];
}

export interface Listener {
  readonly access: Access;
  changed(event: LiveEvent): void;
  /** The member signed out or was disabled, or may see other things than when the stream was opened. */
  ended(): void;
}

export interface Subscription {
  /** Everything committed and not visible at this fence will be told. */
  readonly fence: bigint;
  unsubscribe(): void;
}

/** What one member is told of a batch of changes; null when none of it is theirs to see. */
export function eventFor(
  access: Access,
  fence: bigint,
  { rows, many }: Pick<Changes, 'rows' | 'many'>,
): LiveEvent | null {
  if (many) return [...many].some((id) => maySeeProject(access, id)) ? lookAgain(fence) : null;
  const theirs = rows.filter((row) => maySeeProject(access, row.projectId));
  const invoices = [...new Set(theirs.flatMap((row) => row.invoiceId ?? []))];
  const postbacks = may(access, 'seePostbacks') ? theirs.filter((row) => row.isPostback).map((row) => row.id) : [];
  if (invoices.length + postbacks.length === 0) return null;
  return { fence: fence.toString(), invoices, postbacks };
}

export function lookAgain(fence: bigint): LiveEvent {
  return { fence: fence.toString(), invoices: [], postbacks: [] };
}

class Hub {
  private readonly listeners = new Set<Listener>();
  /** Told already, but at or above the fence: they come again until the oldest running transaction ends. */
  private told = new Map<string, bigint>();
  private fence: bigint | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private gathering: NodeJS.Timeout | null = null;
  private timers: NodeJS.Timeout[] = [];
  private work: Promise<void> = Promise.resolve();
  private failing = false;

  get open(): number {
    return this.listeners.size;
  }

  announce(): void {
    if (this.listeners.size > 0) this.gather(GATHER_MS);
  }

  isFullFor(staffId: string): boolean {
    let own = 0;
    for (const { access } of this.listeners) if (access.staffId === staffId) own += 1;
    return own >= MOST_PER_MEMBER;
  }

  async subscribe(listener: Listener): Promise<Subscription> {
    this.listeners.add(listener);
    await this.inTurn(() => this.start());
    return {
      fence: this.fence ?? 0n,
      unsubscribe: () => {
        this.listeners.delete(listener);
        if (this.listeners.size === 0) this.stop();
      },
    };
  }

  /** One read at a time; a failed one is tried again and, as the fence stays, misses nothing. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    this.work = this.work.then(act).then(
      () => {
        this.failing = false;
      },
      (error: unknown) => {
        if (!this.failing) log('warn', 'The live stream cannot read the database and tries again', { error });
        this.failing = true;
        if (this.listeners.size > 0) this.gather(POLL_MS);
      },
    );
    return this.work;
  }

  private gather(delay: number): void {
    if (this.gathering) return;
    const apart = this.lookedAt + APART_MS - performance.now();
    this.gathering = setTimeout(
      () => {
        this.gathering = null;
        this.lookedAt = performance.now();
        void this.inTurn(() => this.look());
      },
      Math.max(delay, apart),
    );
    this.gathering.unref();
  }

  private async start(): Promise<void> {
    if (this.timers.length === 0 && this.listeners.size > 0) {
      this.timers = [setInterval(() => void this.inTurn(() => this.checkAccess()), ACCESS_CHECK_MS)];
      const { driver } = await getDatabase();
      // The embedded database belongs to this process: whoever writes announces it.
      if (driver !== 'pglite') this.timers.push(setInterval(() => this.gather(0), POLL_MS));
      for (const timer of this.timers) timer.unref();
    }
    if (this.fence === null) await this.look();
  }

  private stop(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    this.fence = null;
    this.told = new Map();
  }

  private async look(): Promise<void> {
    if (this.listeners.size === 0) return;
    if (this.fence === null) {
      this.fence = await currentFence();
      if (this.failing) this.tell(() => lookAgain(this.fence ?? 0n));
      return;
    }
    const { next, rows, many } = await changesSince(this.fence, [...this.told.keys()]);
    this.fence = next;
    // Of too many some: as long as an old transaction runs, the next look would find the same ones again.
    if (this.told.size < MOST_TOLD) for (const row of rows) this.told.set(row.id, row.xact);
    this.told = new Map([...this.told].filter(([, xact]) => xact >= next));
    this.tell((access) => eventFor(access, next, { rows, many }));
  }

  /** Whoever sees the same is told the same object, which is then written out once. */
  private tell(eventOf: (access: Access) => LiveEvent | null): void {
    const events = new Map<string, LiveEvent | null>();
    for (const listener of this.listeners) {
      const { role, projects } = listener.access;
      const sight = `${role} ${projects}`;
      const known = events.get(sight);
      const event = known === undefined ? eventOf(listener.access) : known;
      events.set(sight, event);
      if (event) listener.changed(event);
    }
  }

  private async checkAccess(): Promise<void> {
    if (this.listeners.size === 0) return;
    const gone = await outdated([...this.listeners].map((listener) => listener.access));
    for (const listener of this.listeners) if (gone.has(listener.access)) listener.ended();
  }
}

const HUB = Symbol.for('tillbell.live');
const shared: typeof globalThis & { [HUB]?: Hub } = globalThis;

/** One hub a process: `server.ts` and Next load this module twice. */
function hub(): Hub {
  shared[HUB] ??= new Hub();
  return shared[HUB];
}

/** Says that something was committed. Costs nothing while nobody watches, and never throws. */
export function announce(): void {
  hub().announce();
}

export function subscribe(listener: Listener): Promise<Subscription> {
  return hub().subscribe(listener);
}

/** Whether this member's streams in this process are as many as one may have. */
export function streamsFull({ staffId }: Access): boolean {
  return hub().isFullFor(staffId);
}

/** How many screens listen. */
export function openStreams(): number {
  return hub().open;
}
