import type { Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What was sent before the signal may not have been read yet: so long everything is taken as before. */
const LAST_CALL_MS = 100;
const TURN_MS = 50;
const STOP_MS = 10_000;

/** The answers a server owes, and how it ends without owing any. */
export class Answers {
  private readonly open = new Set<ServerResponse>();
  private ending = false;

  add(outgoing: ServerResponse): void {
    this.open.add(outgoing);
    outgoing.once('close', () => this.open.delete(outgoing));
    if (this.ending) sayGoodbye(outgoing);
  }

  /** Takes no more, answers what it has within ten seconds, and tells each client to come back over another connection. */
  async drain(server: Server): Promise<void> {
    this.ending = true;
    for (const outgoing of this.open) sayGoodbye(outgoing);
    await wait(LAST_CALL_MS);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const deadline = Date.now() + STOP_MS;
    do {
      // A live stream never ends by itself; its screen comes back to the next server.
      for (const outgoing of this.open) if (isLiveStream(outgoing)) outgoing.destroy();
      // At least once: a request may be on its way from the socket to us.
      await wait(TURN_MS);
    } while (this.open.size > 0 && Date.now() < deadline);
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
