/** Cards, phones and e-mail addresses inside texts that a shop or its provider wrote for another purpose. */

const HIDDEN = '•••';
const SIGN = '•';

/** Digits in a row, or in groups as they stand on a card; not the end of a fraction, of a word or of a UUID. */
const CARD_LIKE = /(?<![\p{L}\p{Nd}.]|\p{Nd}\p{Pd})\p{Nd}(?:[ \u00a0\u202f\p{Pd}]?\p{Nd}){12,}(?![\p{L}\p{Nd}])/gu;
const DIGITS = /\p{Nd}+/gu;

/** A full card number keeps its first six and last four digits, as it may be shown to anybody. */
export function withoutCards(text: string): string {
  if (text.length < 13) return text;
  return text.replace(CARD_LIKE, (run) => {
    const groups = [...run.matchAll(DIGITS)].map(({ 0: digits, index }) => ({
      digits: digits.normalize('NFKC'),
      at: index,
      end: index + digits.length,
    }));
    for (let first = 0; first < groups.length; first += 1) {
      let digits = '';
      for (let last = first; last < groups.length && digits.length <= 19; last += 1) {
        digits += groups[last]?.digits ?? '';
        if (digits.length < 13 || !isCard(digits)) continue;
        return run.slice(0, groups[first]?.at) + shortened(digits) + withoutCards(run.slice(groups[last]?.end));
      }
    }
    return run;
  });
}

/** The field of a card: whatever its check digit says, its middle is nobody's business. */
export function withoutMiddle(card: string): string {
  const digits = card.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{12,}$/.test(digits) ? shortened(digits) : withoutCards(card);
}

function shortened(digits: string): string {
  return `${digits.slice(0, 6)}${SIGN.repeat(digits.length - 10)}${digits.slice(-4)}`;
}

/** Beginnings and lengths that card networks use; below 16 digits only theirs, because orders and parcels have such numbers. */
const CARDS = /^(?:4\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|(?:[3-6]\d|2[2-7])\d{14}|[3-6]\d{16,18}|9\d{15})$/;

function isCard(digits: string): boolean {
  return CARDS.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const AT = /[@\uff20\ufe6b]/;
const EMAIL = /[^\s<>()"',;:@\uff20\ufe6b]{1,64}[@\uff20\ufe6b][^\s<>()"',;:@\uff20\ufe6b]{1,255}/gu;
/** A number with what people put between its groups; a comma divides numbers. */
const NUMBER = /[+(\uff0b\uff08]{0,3}\p{Nd}(?:[\s().+_/*\p{Pd}\p{Cf}]{0,3}\p{Nd})*/gu;
const DATES = /(?<!\p{Nd})(?:(?:19|20)\d{2}-[01]\d-[0-3]\d|[0-3]?\d[./][01]?\d[./](?:19|20)\d{2})(?!\p{Nd})/gu;
const WAYBILL = /^(?:20|59)\d{12}$/;
/** Too little to reach somebody. */
const SHORT = 8;
/** One longer number is no phone. */
const LONGEST = 15;

/** Text for people, as a reason or a description: every number that may be a phone, and every e-mail address, is hidden. */
export function withoutContacts(text: string): string {
  const hidden = hide(text, isLikeAPhone);
  // What is encoded in it cannot be hidden by itself.
  return readingsOf(hidden).some((reading) => hide(reading, isLikeAPhone) !== reading) ? HIDDEN : hidden;
}

/** An order's number: nine to fifteen digits are ordinary in it, so only what is written as a phone is one. */
export function withoutContactsInId(id: string): string {
  return hide(id, isWrittenAsPhone);
}

function hide(text: string, isPhone: (number: string) => boolean): string {
  if (text.length <= SHORT && !AT.test(text)) return text;
  const dates = [...text.matchAll(DATES)];
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: date, index } of dates) {
    pieces.push(hidePiece(text.slice(from, index), isPhone), date);
    from = index + date.length;
  }
  return [...pieces, hidePiece(text.slice(from), isPhone)].join('');
}

function hidePiece(text: string, isPhone: (number: string) => boolean): string {
  return withoutCards(text)
    .replace(EMAIL, HIDDEN)
    .replace(NUMBER, (number) => (number.includes(SIGN) || !isPhone(number) ? number : HIDDEN));
}

function isLikeAPhone(number: string): boolean {
  const groups = number.normalize('NFKC').match(DIGITS) ?? [];
  const digits = groups.join('');
  if (digits.length <= SHORT || WAYBILL.test(digits) || isArticleNumber(number, groups)) return false;
  return groups.length > 1 || digits.length <= LONGEST;
}

/** EAN-13, as on goods, or an ISBN in its groups. */
function isArticleNumber(number: string, groups: readonly string[]): boolean {
  const digits = groups.join('');
  const isGrouped = groups.length > 1;
  if (digits.length !== 13 || number.startsWith('+') || (isGrouped && !/^97[89]/.test(digits))) return false;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

function isWrittenAsPhone(number: string): boolean {
  const plain = number.normalize('NFKC');
  const digits = plain.replace(/\D/g, '');
  if (digits.length <= SHORT || digits.length > LONGEST) return false;
  return /^\(*\+|\(/.test(plain) || (/\d\s+\d/.test(plain) && /^(?:0|380)/.test(digits));
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const BASE64 = /^[\w+/-]{12,2000}={0,2}$/;

/** A text and what it says where it is encoded. */
export function readingsOf(text: string): readonly string[] {
  const plain = unescaped(text).normalize('NFKC').replace(INVISIBLE, '');
  if (!BASE64.test(plain)) return [plain];
  const decoded = Buffer.from(plain, 'base64').toString('utf8');
  return /[\ufffd\p{Cc}]/u.test(decoded) ? [plain] : [plain, decoded];
}

/** Links carry their parameters encoded, sometimes twice. */
function unescaped(text: string): string {
  let plain = text.replace(/&(?:#64|#x40|commat);/gi, '@');
  for (let times = 0; times < 3 && plain.includes('%'); times += 1) {
    plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded);
  }
  return plain;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
