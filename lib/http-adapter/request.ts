import type { IncomingMessage, ServerResponse } from 'node:http';
import { getEnv } from '@/lib/env';
import { MAX_POSTBACK_BYTES, type PostbackRequest } from '@/lib/postbacks/request';
import { addressBehind } from '@/lib/staff/client-address';
import { BodyBudget } from './body';

/** For the bodies of all postbacks that are being read: far more than genuine ones need, which have a few kilobytes each. */
const BUDGET = new BodyBudget(64 * 1024 * 1024);

/** A request of Node's server as the receiver takes it; a `Request` would cost more than all of the receiver's own work. */
export function toPostbackRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  key: string | null,
): PostbackRequest {
  const get = (name: string): string | null => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  };
  return {
    method: incoming.method ?? 'GET',
    key,
    headers: { get, has: (name) => incoming.headers[name] !== undefined },
    senderAddress: addressBehind(
      incoming.socket.remoteAddress ?? null,
      get('x-forwarded-for'),
      getEnv().trustedProxies,
    ),
    read: () => BUDGET.read(incoming, outgoing, MAX_POSTBACK_BYTES),
  };
}
