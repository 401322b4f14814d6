import { decodeJwt } from 'jose';
import { isUuid } from '@/lib/cursor';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { issueToken, isTokenValid, type Proof } from './own-token';
import { passwordFingerprint } from './passwords';
import { findMemberById, type Member } from './queries';

/** Between the password and the code: that this member's password was right, for some minutes. It opens nothing. */

const COOKIE = 'tillbell-second-step';
const LIFETIME_SECONDS = 300;

function proofOf({ id, passwordHash }: Member): Proof {
  return { purpose: 'second step', subject: id, boundTo: [passwordFingerprint(passwordHash)] };
}

export function writeTicket(member: Member, now: Date = new Date()): Promise<string> {
  return issueToken(proofOf(member), LIFETIME_SECONDS, now);
}

/** Null once it has run out, or the password or the member is another. */
export async function readTicket(ticket: string, now: Date = new Date()): Promise<Member | null> {
  const id = subjectOf(ticket);
  const member = isUuid(id) ? await findMemberById(id) : null;
  return member && (await isTokenValid(ticket, proofOf(member), now)) ? member : null;
}

/** Whose ticket it claims to be; it is verified with what is known of them. */
function subjectOf(ticket: string): string {
  try {
    return decodeJwt(ticket).sub ?? '';
  } catch {
    return '';
  }
}

export async function keepTicket(ticket: string): Promise<void> {
  await writeGuarded(COOKIE, ticket, LIFETIME_SECONDS);
}

export async function keptTicket(): Promise<string> {
  return (await readGuarded(COOKIE)) ?? '';
}

export async function dropTicket(): Promise<void> {
  await writeGuarded(COOKIE, '', 0);
}
