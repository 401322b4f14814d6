import { createHmac } from 'node:crypto';
import { type EncryptionKey, getEnv } from '@/lib/env';
import { foldSpelling } from './spelling';
import { KINDS } from './terms';

/**
 * Phones and e-mail addresses are encrypted at rest. To be found they leave a keyed hash of the whole, and phones of
 * their last digits, from which nobody without the key reads them back.
 */

/** How many last digits people give; the longest is a national number, whatever stands before it. */
const ENDINGS = [9, 7, 4] as const;
const FEWEST_DIGITS = 4;
const MOST_DIGITS = 15;
const HASH_CHARACTERS = 14;

/** The terms of one phone number, under the current key. */
export function phoneTerms(phone: string): readonly string[] {
  const [key] = getEnv().encryptionKeys;
  const digits = phone.replace(/\D/g, '');
  return ENDINGS.filter((length) => digits.length >= length).map((length) => ending(digits, length, key));
}

export function emailTerm(email: string): string {
  return hashedEmail(email, getEnv().encryptionKeys[0]);
}

/** What to look for when `text` may be a phone in any spelling or its last digits: a term for each key; else none. */
export function phoneQuery(text: string): readonly string[] {
  if (!/^[\d\s()+.-]+$/.test(text)) return [];
  const digits = text.replace(/\D/g, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return [];
  const length = ENDINGS.find((ending) => digits.length >= ending) ?? FEWEST_DIGITS;
  return getEnv().encryptionKeys.map((key) => ending(digits, length, key));
}

export function emailQuery(text: string): readonly string[] {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? getEnv().encryptionKeys.map((key) => hashedEmail(text, key)) : [];
}

function ending(digits: string, length: number, key: EncryptionKey): string {
  return `${KINDS.phone}:${keyed(`${length} ${digits.slice(-length)}`, key)}`;
}

function hashedEmail(email: string, key: EncryptionKey): string {
  return `${KINDS.email}:${keyed(foldSpelling(email), key)}`;
}

function keyed(text: string, { key }: EncryptionKey): string {
  return createHmac('sha256', key).update('search ').update(text).digest('base64url').slice(0, HASH_CHARACTERS);
}
