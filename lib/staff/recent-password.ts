import type { Access } from './access';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { askerOf, checkOwnPassword } from './own-password';
import { issueToken, isTokenValid, type Proof } from './own-token';
import { passwordFingerprint } from './passwords';
import { findMemberById, type Member } from './queries';
import type { Limited } from './sign-in-limits';

/** For what needs the password again although one is signed in. */

const COOKIE = 'tillbell-password-again';
const LIFETIME_SECONDS = 600;

/** Bound to the session and to the password itself: another one ends it. */
function proofOf({ staffId, sessionId }: Access, passwordHash: string): Proof {
  return { purpose: 'password again', subject: staffId, boundTo: [sessionId, passwordFingerprint(passwordHash)] };
}

/** Writes the cookie where the password is right; for a server action. */
export async function enterPasswordAgain(access: Access, password: string): Promise<Limited<Member>['outcome']> {
  const result = await checkOwnPassword(access, await askerOf(access), password);
  if (result.outcome !== 'right') return result.outcome;
  const value = await issueToken(proofOf(access, result.value.passwordHash), LIFETIME_SECONDS, new Date());
  await writeGuarded(COOKIE, value, LIFETIME_SECONDS);
  return 'right';
}

/** Whether this member entered the password within the last minutes, in this session. */
export async function hasRecentPassword(access: Access): Promise<boolean> {
  const token = await readGuarded(COOKIE);
  const member = token ? await findMemberById(access.staffId) : null;
  return token && member ? isTokenValid(token, proofOf(access, member.passwordHash), new Date()) : false;
}
