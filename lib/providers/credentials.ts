import { randomInt } from 'node:crypto';
import { isWellKnownSecret } from './well-known';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 36;
const SHORTEST_SECRET = 16;

export function checkSecret(value: string): 'ok' | 'too_short' | 'well_known' {
  if (isWellKnownSecret(value)) return 'well_known';
  return value.trim().length < SHORTEST_SECRET ? 'too_short' : 'ok';
}

/** A shared secret in the shape of the provider's own: 36 letters of both cases and digits. */
export function createSecret(): string {
  return randomText(SECRET_LENGTH, ALPHANUMERICS);
}

export function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
