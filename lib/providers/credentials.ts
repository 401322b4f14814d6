import { randomInt } from 'node:crypto';
import type { CredentialProblem, CredentialReading } from './provider';
import { isWeakSecret } from './weak-secrets';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 36;
const SHORTEST_SECRET = 16;
const MAX_PASTED = 10_000;

const QUOTES = /^["'`´‘’“”„«»‹›<]|["'`´‘’“”„«»‹›>]$/;
/** `SECRET_KEY=…`, `"secret": "…"`; a secret that ends in the padding of base64 has no value behind it. */
const NAMED = /^["'`]?[a-z][\w .-]{0,60}["'`]?\s*[=:]\s*[^=\s].{7,}$/i;
/** A JWT, which the API KEYs of these providers are. */
const TOKEN = /^(?:(?:bearer|token)\s+)?eyJ[\w-]+\.[\w.-]*$/i;
const PRINTABLE_WORD = /^[!-~]+$/;

/** Nothing is repaired but blanks and invisible characters around it: what else stands there was not meant to be typed. */
export function readSecret(entered: string): CredentialReading {
  if (entered.length > MAX_PASTED) return { ok: false, problem: 'not_a_secret' };
  const value = entered.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
  const problem = problemOf(value);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

function problemOf(value: string): CredentialProblem | null {
  if (isWeakSecret(value)) return 'well_known';
  if (TOKEN.test(value.replace(/^["'`]+|["'`]+$/g, ''))) return 'api_key';
  if (NAMED.test(value) && !value.includes('://')) return 'named';
  if (QUOTES.test(value)) return 'quoted';
  if (!PRINTABLE_WORD.test(value) || value.includes('://') || /[*•]{4}/.test(value)) return 'not_a_secret';
  return value.length < SHORTEST_SECRET ? 'too_short' : null;
}

/** A shared secret in the shape of the provider's own: 36 letters of both cases and digits. */
export function createSecret(): string {
  return randomText(SECRET_LENGTH, ALPHANUMERICS);
}

export function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
