import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { originOf } from '@/lib/audit/request-origin';
import type { Access } from './access';
import { auth, readClaims } from './auth';
import { toAccess } from './proven';
import { PATH_HEADER, signInPath } from './return-path';
import { findSession, markSeen, type OpenSession } from './sessions';

/**
 * Who is asking, read from the database on every request: an ended session, a disabled member, another role or another
 * list of projects counts at once. Null when signed out.
 */
export const staffOrNull: () => Promise<Access | null> = cache(async () => {
  const session = await openSessionOfRequest();
  if (!session) return null;
  // Unwritten, it only ends sooner.
  if (session.stale) await markSeen(session.id).catch(() => {});
  return toAccess(session.member, session.id, originOf(await headers()));
});

/** The same for what an open screen asks by itself: nobody is at work for that. */
export async function staffWatching(): Promise<Access | null> {
  const session = await openSessionOfRequest();
  return session && toAccess(session.member, session.id, originOf(await headers()));
}

async function openSessionOfRequest(): Promise<(OpenSession & { readonly id: string }) | null> {
  const claims = readClaims(await auth());
  if (!claims) return null;
  const found = await findSession(claims.id);
  return found && { ...found, id: claims.id };
}

/** For pages and their actions: a stranger goes to the sign-in page and afterwards comes back. */
export async function requireStaff(): Promise<Access> {
  const access = await staffOrNull();
  if (access) return access;
  redirect(signInPath((await headers()).get(PATH_HEADER)));
}
