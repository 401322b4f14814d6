import { MASK } from '@/lib/field-rules';
import type { PeopleField } from '@/lib/providers/provider';

/** What is known of one person, and where a text speaks of them. */
export interface Identity {
  readonly names: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}

type Known = Readonly<Partial<Record<PeopleField, { readonly v: string }>>>;

/** Fewer digits are not a phone, fewer letters not a name. */
const FEWEST_DIGITS = 7;
const NATIONAL_DIGITS = 9;
const FEWEST_LETTERS = 3;

export function identityOf(people: Known): Identity {
  const said = (...fields: readonly PeopleField[]): readonly string[] => [
    ...new Set(fields.flatMap((field) => people[field]?.v ?? [])),
  ];
  return {
    names: said('client_name', 'recipient_name'),
    phones: said('client_phone', 'recipient_phone'),
    emails: said('client_email'),
  };
}

export function joinIdentities(identities: readonly Identity[]): Identity {
  const all = (of: (identity: Identity) => readonly string[]): readonly string[] => [
    ...new Set(identities.flatMap(of)),
  ];
  return { names: all(({ names }) => names), phones: all(({ phones }) => phones), emails: all(({ emails }) => emails) };
}

/** Two rows of one person: the same phone or e-mail, or where neither is known the same name. */
export function personKey({ names, phones, emails }: Identity): string {
  const phone = phones[0]?.replace(/\D/g, '').slice(-NATIONAL_DIGITS);
  return phone || emails[0]?.trim().toLowerCase() || names.join(' ').toLowerCase();
}

/** Every spelling of their phones, e-mail addresses and names in running text; null for nobody. */
function pattern({ names, phones, emails }: Identity, withParts: boolean): RegExp | null {
  const numbers = phones.map((phone) => phone.replace(/\D/g, '').slice(-NATIONAL_DIGITS));
  const words = names.flatMap((name) => [name, ...(withParts ? name.split(/[\s,]+/) : [])]);
  const parts = [
    ...numbers
      .filter((digits) => digits.length >= FEWEST_DIGITS)
      .map((digits) => `(?:\\+?[\\d(][\\d\\s().-]{0,7})?${[...digits].join('[\\s().-]*')}`),
    ...emails.map((email) => escaped(email.trim())),
    ...words.filter((word) => word.length >= FEWEST_LETTERS).map((word) => `(?<!\\p{L})${escaped(word)}(?!\\p{L})`),
  ];
  return parts.length > 0 ? new RegExp(parts.join('|'), 'giu') : null;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The text with a mask wherever it speaks of them, each part of their names included. */
export function withoutPerson(text: string, identity: Identity): string {
  const found = pattern(identity, true);
  return found ? text.replace(found, MASK) : text;
}

/** Whether a body mentions them, as it was sent or as a form escapes it. A single name may be anybody's. */
export function mentions(bytes: Uint8Array, identity: Identity): boolean {
  const found = pattern(identity, false);
  if (!found) return false;
  const text = new TextDecoder().decode(bytes);
  return [text, unescaped(text)].some((spelling) => spelling.search(found) >= 0);
}

function unescaped(text: string): string {
  const json = text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return json.replaceAll('+', ' ').replace(/(?:%[\da-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
