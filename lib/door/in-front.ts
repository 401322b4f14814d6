import type { IncomingMessage, ServerResponse } from 'node:http';
import { enterForeground } from '@/lib/foreground';

/** A postback stands in front of all screens from its last byte on: nobody keeps them waiting by sending slowly. */
export function standInFront(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.once('end', () => {
    // What is refused early may be answered, and closed, before its last byte has come.
    if (!outgoing.destroyed) outgoing.once('close', enterForeground());
  });
}
