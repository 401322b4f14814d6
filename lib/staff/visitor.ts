import { originOf } from '@/lib/audit/request-origin';
import type { Visitor } from './sessions';

export function visitorOf(headers: Headers): Visitor {
  return { ...originOf(headers), userAgent: headers.get('user-agent') };
}
