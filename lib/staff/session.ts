import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Access } from './access';
import { auth, readClaims } from './auth';
import { passwordFingerprint } from './passwords';
import { findMemberById, type Member } from './queries';
import { PATH_HEADER, signInPath } from './return-path';

/**
 * Who is asking, read from the database on every request: a disabled member, another role or another list of
 * projects counts at once. Null when signed out.
 */
export const staffOrNull: () => Promise<Access | null> = cache(async () => {
  const claims = readClaims(await auth());
  if (!claims) return null;
  const member = await findMemberById(claims.id);
  if (!member || passwordFingerprint(member.passwordHash) !== claims.proof) return null;
  return toAccess(member);
});

/** For pages and their actions: a stranger goes to the sign-in page and afterwards comes back. */
export async function requireStaff(): Promise<Access> {
  const access = await staffOrNull();
  if (access) return access;
  redirect(signInPath((await headers()).get(PATH_HEADER)));
}

/** The only place where an `Access` is made. */
function toAccess({ id, email, name, role, projects }: Member): Access {
  return { staffId: id, email, name, role, projects } as Access;
}
