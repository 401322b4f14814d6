import type { IncomingMessage } from 'node:http';
import { getEnv } from '@/lib/env';
import { joined, MAX_BODY_BYTES, SenderGone } from '@/lib/postbacks/raw-body';
import type { PostbackRequest } from '@/lib/postbacks/request';
import { addressBehind } from '@/lib/staff/client-address';

/** A request of Node's server as the receiver takes it; a `Request` would cost more than all of the receiver's own work. */
export function toPostbackRequest(incoming: IncomingMessage, key: string | null): PostbackRequest {
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
    read: () => readBytes(incoming),
  };
}

/** Stops reading from the socket one chunk past the limit: a body that nobody wants costs no memory. */
function readBytes(incoming: IncomingMessage): Promise<Uint8Array | 'too_large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      incoming.off('data', take).pause();
      resolve('too_large');
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
