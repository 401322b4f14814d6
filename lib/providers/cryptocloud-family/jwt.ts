import { createHmac, timingSafeEqual } from 'node:crypto';
import { hasStructuralProblem } from '@/lib/json';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const MAC_BYTES = 32;
/** A genuine token has some 150 characters; a longer one is refused and only its beginning is worked on. */
const LONGEST_TOKEN = 4096;
const MOST_HEADERS = 50;
const LONGEST_HEADER = 100;

export type Claims = Readonly<Record<string, unknown>>;

/** A token taken apart, nothing of it believed. */
export interface Token {
  /** Without blanks and without the quotes of a Python bytes literal. */
  readonly bare: string;
  readonly signedPart: string;
  readonly signature: Uint8Array;
  readonly header: Claims | null;
  readonly claims: Claims | null;
  /** False when any part is not what RFC 7515 writes, down to the last bit of base64url. */
  readonly wellFormed: boolean;
}

export function takeApart(sent: string): Token {
  const bare = unwrap(sent);
  const within = bare.slice(0, LONGEST_TOKEN);
  const parts = within.split('.', 4);
  const [headerPart = '', claimsPart = '', signaturePart = ''] = parts;
  const header = readHeader(headerPart);
  const claims = readObject(claimsPart);
  const signature = readBase64url(signaturePart);
  const whole = bare.length <= LONGEST_TOKEN && parts.length === 3;
  return {
    bare,
    signedPart: `${headerPart}.${claimsPart}`,
    signature: signature ?? Buffer.alloc(0),
    header,
    claims,
    wellFormed: whole && header !== null && claims !== null && signature !== null,
  };
}

/** Some senders print the token as Python does: `b'eyJ…'`. */
function unwrap(sent: string): string {
  const text = sent.trim();
  const quote = text[1];
  const isLiteral = text.startsWith('b') && (quote === "'" || quote === '"') && text.length > 2 && text.endsWith(quote);
  return isLiteral ? text.slice(2, -1).trim() : text;
}

/** Only the canonical spelling: a second one of the same bytes would be a second token to whoever compares them. */
function readBase64url(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : null;
}

function readObject(part: string): Claims | null {
  const bytes = readBase64url(part);
  if (bytes === null) return null;
  try {
    const text = UTF8.decode(bytes);
    if (hasStructuralProblem(text)) return null;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    // Neither UTF-8 nor JSON: the token is malformed, which is what null says.
    return null;
  }
}

const headers = new Map<string, Claims | null>();

/** All tokens of a provider begin alike, so what that says is remembered. */
function readHeader(part: string): Claims | null {
  const known = headers.get(part);
  if (known !== undefined) return known;
  const header = readObject(part);
  if (headers.size < MOST_HEADERS && part.length < LONGEST_HEADER) headers.set(part, header);
  return header;
}

/** Compares in constant time and does the same work for a signature of any length. */
export function isSignedWith(token: Token, secret: string): boolean {
  const mac = createHmac('sha256', secret).update(token.signedPart).digest();
  const given = Buffer.alloc(MAC_BYTES);
  given.set(token.signature.subarray(0, MAC_BYTES));
  return timingSafeEqual(mac, given) && token.signature.length === MAC_BYTES;
}
