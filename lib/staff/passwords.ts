import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { getEnv } from '@/lib/env';
import { isCommonPassword } from './common-passwords';

export const SHORTEST_PASSWORD = 10;
/** Hashing a novel would be a way to keep the server busy. */
export const LONGEST_PASSWORD = 200;

/** argon2id, the library's default algorithm, with the first of OWASP's recommended settings. */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;

/** Why it cannot be somebody's password; null: it can. */
export async function passwordFlaw(password: string): Promise<'short' | 'long' | 'common' | null> {
  if (password.length < SHORTEST_PASSWORD) return 'short';
  if (password.length > LONGEST_PASSWORD) return 'long';
  return (await isCommonPassword(password)) ? 'common' : null;
}

/** For the operator. */
export async function passwordRefusal(password: string): Promise<string | null> {
  const flaw = await passwordFlaw(password);
  if (flaw === null) return null;
  if (flaw === 'common') return 'This password is among those that are tried first. Choose another one.';
  return `The password must have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/** Null for an account that does not exist: it costs as much as a wrong password, so that the two are told apart by nothing. */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  decoy ??= hashPassword('nobody has this password');
  // Awaited for everybody: the first stranger would else wait longer than the first member.
  const nobodys = await decoy;
  const matches = await verify(storedHash ?? nobodys, password.normalize('NFKC'));
  return matches && storedHash !== null;
}

/** Stands in the session, so that a changed password ends the sessions made with the old one. */
export function passwordFingerprint(storedHash: string): string {
  return createHmac('sha256', getEnv().authSecret).update(`session of ${storedHash}`).digest('base64url').slice(0, 16);
}
