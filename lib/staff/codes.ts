import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { sha256Hex } from '@/lib/crypto';

/** Codes of an authenticator app (RFC 6238) and those on paper. */

const ISSUER = 'Tillbell';
const PERIOD = 30;
/** A telephone's clock may be one step ahead or behind. */
const WINDOW = 1;

export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD });
}

/** What the QR code says to the app. */
export function setupUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The step of time that this is the code of; null when it is none of now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD) + delta;
}

/** Blanks and hyphens are for reading, and an app shows none of the letters. */
export function plainCode(entered: string): string {
  return entered.replace(/[\s-]/g, '').toUpperCase();
}

export function isAppCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}

/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const GROUP = 4;
export const RECOVERY_CODES = 10;

/** 80 bits each, in groups: `7KQ2-…`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(GROUPS * GROUP)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
    return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * GROUP, (group + 1) * GROUP)).join('-');
  });
}

export function recoveryHash(staffId: string, code: string): string {
  return sha256Hex(`recovery code of ${staffId}: ${plainCode(code)}`);
}
