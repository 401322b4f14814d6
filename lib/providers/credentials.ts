import { randomInt } from 'node:crypto';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 36;
const SHORTEST_SECRET = 16;

/** Secrets that stand in documentation, tutorials and tests: whoever guesses one can sign. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  '',
  'secret',
  'secretkey',
  'supersecret',
  'supersecretkey',
  'mysecret',
  'mysecretkey',
  'yoursecret',
  'yoursecretkey',
  'projectsecret',
  'projectsecretkey',
  'shopsecret',
  'apikey',
  'yourapikey',
  'jwtsecret',
  'changeme',
  'password',
  'test',
  'testsecret',
  'example',
  'default',
  'qwerty',
  '123456',
  '12345678',
  'your256bitsecret',
  'astringsecretatleast256bitslong',
]);

/** True for a secret that anybody would try; letter case and separators aside. */
export function isWellKnownSecret(value: string): boolean {
  return WELL_KNOWN.has(value.toLowerCase().replace(/[\s_.<>-]/g, ''));
}

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
