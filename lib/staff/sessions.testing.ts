import { findMemberByEmail } from './queries';
import { openSession, sessionIdOf } from './sessions';

/** Signs a member in, without the form. */
export async function sessionOf(email: string, now?: Date): Promise<string> {
  const member = await findMemberByEmail(email);
  if (!member) throw new Error(`There is no member ${email}`);
  return sessionIdOf(await openSession(member, { address: null, userAgent: null }, now));
}
