import { randomUUID } from 'node:crypto';
import { getEnv } from '@/lib/env';
import { currentPeer } from '@/lib/peer';
import { clientAddress } from '@/lib/staff/client-address';

/** Where a request came from, and the name under which its traces are found. */
export interface RequestOrigin {
  readonly address: string | null;
  readonly requestId: string;
}

/** Without the server in front nothing that a client sends is believed; on Vercel the platform writes these headers itself. */
export function originOf(headers: Headers): RequestOrigin {
  const platform = getEnv().onVercel ? headers.get('x-vercel-id')?.slice(0, 100) : undefined;
  return { address: clientAddress(headers), requestId: currentPeer()?.requestId ?? platform ?? randomUUID() };
}
