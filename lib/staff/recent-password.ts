import { createHmac, timingSafeEqual } from 'node:crypto';
import { getEnv } from '@/lib/env';
import type { Access } from './access';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { askerOf, checkOwnPassword } from './own-password';
import { passwordFingerprint } from './passwords';
import { findMemberById, type Member } from './queries';
import type { Limited } from './sign-in-limits';

/** For what needs the password again although one is signed in. */

const COOKIE = 'tillbell-password-again';
const MINUTES = 10;

/** Bound to the session and to the password itself: another one ends it. */
function proofOf({ staffId, sessionId }: Access, passwordHash: string, until: number): string {
  const text = `password again: ${staffId} ${sessionId} ${passwordFingerprint(passwordHash)} ${until}`;
  return createHmac('sha256', getEnv().authSecret).update(text).digest('base64url');
}

/** Writes the cookie where the password is right; for a server action. */
export async function enterPasswordAgain(access: Access, password: string): Promise<Limited<Member>['outcome']> {
  const result = await checkOwnPassword(access, await askerOf(access), password);
  if (result.outcome !== 'right') return result.outcome;
  const until = Date.now() + MINUTES * 60_000;
  const value = `${until}.${proofOf(access, result.value.passwordHash, until)}`;
  await writeGuarded(COOKIE, value, MINUTES * 60);
  return 'right';
}

/** Whether this member entered the password within the last minutes, in this session. */
export async function hasRecentPassword(access: Access): Promise<boolean> {
  const [until = '', proof = ''] = ((await readGuarded(COOKIE)) ?? '').split('.');
  if (!/^\d{13}$/.test(until) || Number(until) < Date.now()) return false;
  const member = await findMemberById(access.staffId);
  if (!member) return false;
  const expected = Buffer.from(proofOf(access, member.passwordHash, Number(until)));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
