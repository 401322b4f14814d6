import type { IncomingMessage, ServerResponse } from 'node:http';
import { beginPriorityWork } from '@/lib/priority';

/** A postback stands in front of all screens from its last byte on: nobody keeps them waiting by sending slowly. */
export function prioritise(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.once('end', () => {
    // What is refused early may be answered, and closed, before its last byte has come.
    if (!outgoing.destroyed) outgoing.once('close', beginPriorityWork());
  });
}
