import { decodeJwt } from 'jose';
import { randomKey } from '@/lib/crypto';
import { readGuarded, writeGuarded } from './guarded-cookie';
import { issueToken, isTokenValid, type Proof } from './own-token';
import { accountKey } from './sign-in-limits';

/** A browser in which an account has signed in before is counted by itself, see `sign-in-limits.ts`. It opens nothing. */

const COOKIE = 'tillbell-browser';
const LIFETIME_SECONDS = 182 * 24 * 60 * 60;

function proofOf(name: string, email: string): Proof {
  return { purpose: 'known browser', subject: name, boundTo: [accountKey(email)] };
}

/** The browser's name, where it was given for this account. */
export async function readBrowser(cookie: string | undefined, email: string, now = new Date()): Promise<string | null> {
  const name = nameIn(cookie ?? '');
  return name && (await isTokenValid(cookie ?? '', proofOf(name, email), now)) ? name : null;
}

function nameIn(cookie: string): string | null {
  try {
    return decodeJwt(cookie).sub ?? null;
  } catch {
    return null;
  }
}

export function nameBrowser(email: string, name: string = randomKey(), now = new Date()): Promise<string> {
  return issueToken(proofOf(name, email), LIFETIME_SECONDS, now);
}

export async function knownBrowser(email: string): Promise<string | null> {
  return readBrowser(await readGuarded(COOKIE), email);
}

/** After a sign-in, in a server action. */
export async function rememberBrowser(email: string): Promise<void> {
  const value = await nameBrowser(email, (await knownBrowser(email)) ?? undefined);
  await writeGuarded(COOKIE, value, LIFETIME_SECONDS);
}
