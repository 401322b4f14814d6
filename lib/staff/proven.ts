import type { RequestOrigin } from '@/lib/audit/request-origin';
import type { Access } from './access';
import type { Member } from './queries';

/** The only place where an `Access` is made: of a member, the session by which they are known, and where they are. */
export function toAccess(
  { id, email, name, role, projects }: Member,
  sessionId: string,
  { address, requestId }: RequestOrigin,
): Access {
  return { staffId: id, sessionId, email, name, role, projects, address, requestId } as Access;
}
