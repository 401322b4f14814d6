/** How hard a secret is to guess, as far as its text tells. Pure, so that the field can say it while one types. */

export type Strength = 'weak' | 'fair' | 'strong';

/** What a day of rented machines tries, and what nobody tries. */
const FAIR_BITS = 64;
const STRONG_BITS = 112;

const ALPHABETS = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[^a-zA-Z\d]/, 33],
] as const;

/** About how much a guesser has to try, in bits: by the signs that it uses, less what repeats or counts up. */
export function guessBits(secret: string): number {
  const text = unitOf(secret);
  const alphabet = ALPHABETS.reduce((sum, [sign, size]) => sum + (sign.test(text) ? size : 0), 0);
  const distinct = new Set(text).size;
  if (distinct < 2) return distinct;
  const each = Math.log2(Math.min(alphabet, distinct));
  const fresh = [...text].filter((sign, index, signs) => !follows(signs[index - 1], sign)).length;
  return Math.floor(fresh * each + (text.length - fresh));
}

export function gradeSecret(secret: string): Strength {
  const bits = guessBits(secret);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

/** `abcabcabc` is `abc`. */
function unitOf(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period < 1 ? text.length : period);
}

/** The same sign again, or the next one up or down: `aaa`, `abc`, `321`. */
function follows(before: string | undefined, sign: string): boolean {
  return before !== undefined && Math.abs(before.charCodeAt(0) - sign.charCodeAt(0)) <= 1;
}
