import { headers } from 'next/headers';
import type { Access } from './access';
import { clientAddress } from './client-address';
import { passwordMatches } from './passwords';
import { findMemberById, type Member } from './queries';
import { type Asker, type Limited, withinLimits } from './sign-in-limits';

/** Somebody signed in who proves again who they are: the session stands for the browser, so that no stranger locks it. */
export async function askerOf(access: Access): Promise<Asker> {
  const browser = `session ${access.sessionId}`;
  return { email: access.email, address: clientAddress(await headers()), requestId: access.requestId, browser };
}

/** Whether it is this member's password. Wrong ones count as failures to sign in do. */
export function checkOwnPassword(access: Access, asker: Asker, password: string, now?: Date): Promise<Limited<Member>> {
  const check = async (): Promise<Member | null> => {
    const member = await findMemberById(access.staffId);
    const matches = await passwordMatches(member?.passwordHash ?? null, password);
    return matches ? member : null;
  };
  return withinLimits(asker, check, now);
}
