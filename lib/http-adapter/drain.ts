import type { Server, ServerResponse } from 'node:http';
import { setImmediate as eventLoopTurn, setTimeout as wait } from 'node:timers/promises';

/** What was sent before the signal may not have been read yet: so long everything is taken as before. */
const LAST_CALL_MS = 100;
/** A new connection is accepted in one turn of the event loop and read in the next. */
const LAST_CALL_TURNS = 3;
const TURN_MS = 50;
const STOP_MS = 10_000;

interface Owed {
  readonly outgoing: ServerResponse;
  /** In the list of all that are owed. */
  place: number;
}

/** The answers a server owes, and how it ends without owing any. */
export class Answers {
  /**
   * Not a `Set`: every few requests it outgrows its table, each points to the next, and so one of them in old memory
   * keeps every request since from the young one's collector (survivors of a collection: 1.5 MB, now 15 KB).
   */
  private readonly open: Owed[] = [];
  private ending = false;

  add(outgoing: ServerResponse): void {
    const owed: Owed = { outgoing, place: this.open.length };
    this.open.push(owed);
    outgoing.once('close', () => this.remove(owed));
    if (this.ending) sayGoodbye(outgoing);
  }

  /** The last one takes its place. */
  private remove(owed: Owed): void {
    const last = this.open.pop();
    if (last === undefined || last === owed) return;
    last.place = owed.place;
    this.open[owed.place] = last;
  }

  /** Takes no more, answers what it has within ten seconds, and tells each client to come back over another connection. */
  async drain(server: Server, limitMs = STOP_MS): Promise<void> {
    this.ending = true;
    for (const { outgoing } of this.open) sayGoodbye(outgoing);
    await wait(LAST_CALL_MS);
    // Where the process was held up for all that time, what came meanwhile is still unread.
    for (let turn = 0; turn < LAST_CALL_TURNS; turn += 1) await eventLoopTurn();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const deadline = Date.now() + limitMs;
    do {
      // A live stream never ends by itself; its screen comes back to the next server.
      for (const { outgoing } of [...this.open]) if (isLiveStream(outgoing)) outgoing.destroy();
      // At least once: a request may be on its way from the socket to us.
      await wait(TURN_MS);
    } while (this.open.length > 0 && Date.now() < deadline);
    server.closeAllConnections();
    await closed;
  }
}

/** Its head, unless it has gone out, says `connection: close`. */
function sayGoodbye(outgoing: ServerResponse): void {
  outgoing.shouldKeepAlive = false;
}

function isLiveStream(outgoing: ServerResponse): boolean {
  return String(outgoing.getHeader('content-type') ?? '').startsWith('text/event-stream');
}
