import { createHmac, timingSafeEqual } from 'node:crypto';
import { randomKey } from '@/lib/crypto';
import { getEnv } from '@/lib/env';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { accountKey } from './sign-in-limits';

/** A browser in which an account has signed in before is counted by itself, see `sign-in-limits.ts`. It opens nothing. */

const COOKIE = 'tillbell-browser';
const HALF_A_YEAR = 182 * 24 * 60 * 60;

function proofOf(name: string, email: string): string {
  return createHmac('sha256', getEnv().authSecret)
    .update(`browser ${name} of ${accountKey(email)}`)
    .digest('base64url');
}

/** The browser's name, where it was given for this account. */
export function readBrowser(cookie: string | undefined, email: string): string | null {
  const [name = '', proof = ''] = (cookie ?? '').split('.');
  const expected = Buffer.from(proofOf(name, email));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected) ? name : null;
}

export function nameBrowser(email: string, name: string = randomKey()): string {
  return `${name}.${proofOf(name, email)}`;
}

export async function knownBrowser(email: string): Promise<string | null> {
  return readBrowser(await readGuarded(COOKIE), email);
}

/** After a sign-in, in a server action. */
export async function rememberBrowser(email: string): Promise<void> {
  const value = nameBrowser(email, (await knownBrowser(email)) ?? undefined);
  await writeGuarded(COOKIE, value, HALF_A_YEAR);
}
