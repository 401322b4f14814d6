import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid } from '@/lib/cursor';
import { getEnv } from '@/lib/env';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { passwordFingerprint } from './passwords';
import { findMemberById, type Member } from './queries';

/** Between the password and the code: that this member's password was right, for some minutes. It opens nothing. */

const COOKIE = 'tillbell-second-step';
const MINUTES = 5;

function proofOf({ id, passwordHash }: Member, until: number): string {
  const text = `second step: ${id} ${passwordFingerprint(passwordHash)} ${until}`;
  return createHmac('sha256', getEnv().authSecret).update(text).digest('base64url');
}

export function writeTicket(member: Member, now: Date = new Date()): string {
  const until = now.getTime() + MINUTES * 60_000;
  return `${until}.${member.id}.${proofOf(member, until)}`;
}

/** Null once it has run out, or the password or the member is another. */
export async function readTicket(ticket: string, now: Date = new Date()): Promise<Member | null> {
  const [until = '', id = '', proof = ''] = ticket.split('.');
  if (!/^\d{13}$/.test(until) || Number(until) <= now.getTime() || !isUuid(id)) return null;
  const member = await findMemberById(id);
  if (!member) return null;
  const expected = Buffer.from(proofOf(member, Number(until)));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected) ? member : null;
}

export async function keepTicket(ticket: string): Promise<void> {
  await writeGuarded(COOKIE, ticket, MINUTES * 60);
}

export async function keptTicket(): Promise<string> {
  return (await readGuarded(COOKIE)) ?? '';
}

export async function dropTicket(): Promise<void> {
  await writeGuarded(COOKIE, '', 0);
}
