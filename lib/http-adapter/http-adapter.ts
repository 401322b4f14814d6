import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '@/lib/log/log';
import { type NotificationUrl, readNotificationUrl } from '@/lib/postbacks/notification-url';
import { ANSWERS, type Answer } from '@/lib/postbacks/outcome';
import type { PostbackRequest } from '@/lib/postbacks/request';
import { toPostbackRequest } from './request';
import { respond } from './respond';

export type Receiver = (request: PostbackRequest) => Promise<Answer>;

/**
 * The HTTP adapter for postbacks on one's own machine, in front of Next, which would redirect or break on some of them.
 * False: not a notification URL, nothing was done.
 */
export function takePostback(incoming: IncomingMessage, outgoing: ServerResponse, receiver: Receiver): boolean {
  const url = readNotificationUrl(incoming.url ?? '');
  if (url === null) return false;
  void handle(incoming, outgoing, url, receiver);
  return true;
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { key }: NotificationUrl,
  receiver: Receiver,
): Promise<void> {
  try {
    await respond(incoming, outgoing, await receiver(toPostbackRequest(incoming, outgoing, key)));
  } catch (error) {
    // A sender that hung up halfway gets no answer; anything else is ours and must be sent again.
    if (incoming.destroyed && !incoming.complete) return;
    log('error', 'A postback could not be answered', { error });
    if (!outgoing.headersSent) await respond(incoming, outgoing, ANSWERS.unavailable);
  }
}
