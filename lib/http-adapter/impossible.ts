import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDecodable } from '@/lib/decodable';
import { respond } from './respond';

/** A method that a web `Request` cannot have, or a path that no route can read: Next answers either with an error of its own. */
export function refuseImpossible(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const { method = '', url = '' } = incoming;
  if (/^(?:TRACE|TRACK|CONNECT)$/i.test(method)) {
    const headers = { allow: 'GET, HEAD, POST, OPTIONS' };
    void respond(incoming, outgoing, { status: 405, body: { error: 'Method not allowed' }, headers });
    return true;
  }
  if (isDecodable(url)) return false;
  void respond(incoming, outgoing, { status: 400, body: { error: 'The address is not readable' } });
  return true;
}
