import { clientAddress } from './client-address';
import type { Visitor } from './sessions';

export function visitorOf(headers: Headers): Visitor {
  return { address: clientAddress(headers), userAgent: headers.get('user-agent') };
}
