import type { IncomingMessage, ServerResponse } from 'node:http';
import { say } from '@/lib/log/log';
import { ANSWERS, type Answer } from '@/lib/postbacks/outcome';
import type { Delivery } from '@/lib/postbacks/receive';
import { toDelivery } from './delivery';
import { respond } from './respond';
import { postbackUrl } from './target';

export type Receiver = (delivery: Delivery) => Promise<Answer>;

/**
 * The door for postbacks on one's own machine, in front of Next, which would redirect or break on some of them.
 * False: not a notification URL, nothing was done.
 */
export function takePostback(incoming: IncomingMessage, outgoing: ServerResponse, receiver: Receiver): boolean {
  const url = postbackUrl(incoming.url ?? '');
  if (url === null) return false;
  void handle(incoming, outgoing, url, receiver);
  return true;
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: string,
  receiver: Receiver,
): Promise<void> {
  try {
    await respond(incoming, outgoing, await receiver(toDelivery(incoming, url)));
  } catch (error) {
    // A sender that hung up halfway gets no answer; anything else is ours and must be sent again.
    if (incoming.destroyed && !incoming.complete) return;
    say('error', 'A postback could not be answered', { error });
    if (!outgoing.headersSent) await respond(incoming, outgoing, ANSWERS.unavailable);
  }
}
