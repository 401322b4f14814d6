import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { getEnv } from '@/lib/env';
import type { Access } from './access';
import { passwordFingerprint, passwordMatches } from './passwords';
import { findMemberById } from './queries';

/** For what needs the password again although one is signed in. */

const COOKIE = 'tillbell-password-again';
const MINUTES = 10;

/** Bound to the session and to the password itself: another one ends it. */
function proofOf({ staffId, sessionId }: Access, passwordHash: string, until: number): string {
  const text = `password again: ${staffId} ${sessionId} ${passwordFingerprint(passwordHash)} ${until}`;
  return createHmac('sha256', getEnv().authSecret).update(text).digest('base64url');
}

/** Writes the cookie; for a server action. False: the password is wrong. */
export async function rememberPassword(access: Access, password: string): Promise<boolean> {
  const member = await findMemberById(access.staffId);
  if (!member || !(await passwordMatches(member.passwordHash, password))) return false;
  const until = Date.now() + MINUTES * 60_000;
  const value = `${until}.${proofOf(access, member.passwordHash, until)}`;
  (await cookies()).set(COOKIE, value, { path: '/', maxAge: MINUTES * 60, sameSite: 'strict', httpOnly: true });
  return true;
}

/** Whether this member entered the password within the last minutes, in this session. */
export async function hasRecentPassword(access: Access): Promise<boolean> {
  const [until = '', proof = ''] = ((await cookies()).get(COOKIE)?.value ?? '').split('.');
  if (!/^\d{13}$/.test(until) || Number(until) < Date.now()) return false;
  const member = await findMemberById(access.staffId);
  if (!member) return false;
  const expected = Buffer.from(proofOf(access, member.passwordHash, Number(until)));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
