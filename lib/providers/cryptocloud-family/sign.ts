import { type JWTPayload, SignJWT } from 'jose';
import { writeJson } from '@/lib/json';
import type { Fields, SignedPostback, SignOptions } from '../provider';
import { FORM_FIELDS, NUMBERS } from './schema';

const LIFETIME_SECONDS = 300;
const USER_AGENT = 'Cryptocloud POSTBACK v2';

/** The provider's request: the token names the invoice without its prefix and lives five minutes. */
export async function sign(fields: Fields, key: string, options: SignOptions): Promise<SignedPostback> {
  const { invoice_id: invoiceId } = fields;
  const id = typeof invoiceId === 'string' ? invoiceId.replace(/^INV-/i, '') : undefined;
  const exp = Math.floor(options.now.getTime() / 1000) + LIFETIME_SECONDS;
  const signed = { ...fields, token: await signToken({ id, exp }, key) };
  const isForm = options.format === 'form';
  const body = isForm ? writeForm(signed) : writeJson(signed, NUMBERS);
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    body: new TextEncoder().encode(body),
    headers: { 'content-type': contentType, 'user-agent': USER_AGENT },
  };
}

/** A token as the provider makes it. */
export function signToken(claims: JWTPayload, key: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'HS256' }).sign(new TextEncoder().encode(key));
}

/** A form has no null: the field is left out, and everything but the six with it. */
function writeForm(fields: Fields): string {
  const form = new URLSearchParams();
  for (const name of FORM_FIELDS) {
    const value = fields[name];
    if (typeof value === 'string') form.set(name, value);
  }
  return form.toString();
}
