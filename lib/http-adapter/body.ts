import { IncomingMessage, type ServerResponse } from 'node:http';
import { bodyLimitOf, joined, SenderGone, tooLarge } from '@/lib/body-limit';
import { respond } from './respond';

/** What each body may take whatever the others do: whoever fills the budget keeps no form from being sent. */
const FREE_BYTES = 16 * 1024;

/** The larger bodies of all senders have no room left. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** How much memory the bodies of requests that are not answered yet may take together, however many and slow their senders are. */
export class BodyBudget {
  private taken = 0;

  constructor(private readonly bytes: number) {}

  /** Stops reading from the socket one chunk past the limit: a body that nobody wants costs no memory. */
  read(incoming: IncomingMessage, outgoing: ServerResponse, limit: number): Promise<Uint8Array | 'too_large'> {
    const grow = this.shareUntilClosed(outgoing);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const stop = (): void => {
        chunks.length = 0;
        incoming.off('data', take).pause();
      };
      const take = (chunk: Buffer): void => {
        size += chunk.byteLength;
        if (size > limit) {
          stop();
          resolve('too_large');
        } else if (grow(size)) chunks.push(chunk);
        else {
          stop();
          reject(new BudgetSpent('Too many large bodies are being sent at once.'));
        }
      };
      const hungUp = (cause?: unknown): void => {
        // Every request ends with a close: an error is made only for one that was cut off.
        if (!incoming.complete) reject(new SenderGone('The sender hung up.', { cause }));
      };
      incoming.on('data', take);
      incoming.once('end', () => resolve(joined(chunks)));
      incoming.once('error', hungUp);
      incoming.once('close', hungUp);
    });
  }

  /** Takes so many bytes in all for one request, until its answer is closed; false where there is no room for them. */
  private shareUntilClosed(outgoing: ServerResponse): (size: number) => boolean {
    let share = 0;
    outgoing.once('close', () => {
      this.taken -= share;
      share = 0;
    });
    return (size) => {
      const more = Math.max(0, size - FREE_BYTES) - share;
      // Whose sender is gone needs none.
      if (outgoing.destroyed || this.taken + more > this.bytes) return false;
      this.taken += more;
      share += more;
      return true;
    };
  }
}

/** For everything that Next serves; no form of ours has more than a few kilobytes. */
const SCREENS = new BodyBudget(32 * 1024 * 1024);

/**
 * The request as Next may read it: with its whole body, of which there is no more than its address takes, because Next reads whatever
 * comes. Null: it was answered here, or its sender is gone.
 */
export async function limitBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  budget: BodyBudget = SCREENS,
): Promise<IncomingMessage | null> {
  const { headers } = incoming;
  const length = Number(headers['content-length'] ?? 0);
  if (headers['transfer-encoding'] === undefined && length === 0) return incoming;
  const limit = bodyLimitOf(incoming.url ?? '');
  try {
    const body = length > limit ? 'too_large' : await budget.read(incoming, outgoing, limit);
    if (body !== 'too_large') return withBody(incoming, body);
    await respond(incoming, outgoing, { status: 413, body: { error: tooLarge(limit) } });
  } catch (error) {
    if (error instanceof BudgetSpent) {
      const body = { error: `${error.message} Try again in a moment.` };
      await respond(incoming, outgoing, { status: 503, body, headers: { 'retry-after': '5' } });
    } else if (!(error instanceof SenderGone)) throw error;
  }
  return null;
}

/** The same request with a body that has come: what was read from a stream cannot be put back once it has ended. */
function withBody(incoming: IncomingMessage, body: Uint8Array): IncomingMessage {
  const { socket, method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = incoming;
  const whole = Object.assign(new IncomingMessage(socket), {
    method,
    url,
    headers,
    rawHeaders,
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    complete: true,
  });
  whole.push(body);
  whole.push(null);
  return whole;
}
