import { createHmac } from 'node:crypto';
import type { Fields, SignedPostback } from '@/lib/providers/provider';
import type { Shop } from './deployment';
import type { Outgoing } from './http';

const UTF8 = new TextDecoder();

export function sampleOf(shop: Shop, name: string): Fields {
  const sample = shop.provider.samples.find((each) => each.name === name);
  if (!sample) throw new Error(`${shop.provider.id} has no sample ${name}`);
  return sample.build(new Date());
}

interface SignOptions {
  readonly format?: 'json' | 'form';
  readonly key?: string;
  /** When it was signed, in seconds from now. */
  readonly at?: number;
}

/** As the provider would send it. */
export async function signed(
  shop: Shop,
  fields: Fields,
  { format, key = shop.key, at = 0 }: SignOptions = {},
): Promise<Outgoing> {
  const now = new Date(Date.now() + at * 1000);
  const { body, headers }: SignedPostback = await shop.provider.sign(fields, key, { now, format });
  return { path: shop.path, body, headers };
}

/** The body as text, changed after it was signed, which only NovaPay's signature notices. */
export function altered(request: Outgoing, change: (text: string) => string): Outgoing {
  const before = bodyText(request);
  const body = change(before);
  if (body === before) throw new Error('Nothing was altered');
  return { ...request, body };
}

export function bodyText({ body = '' }: Outgoing): string {
  return typeof body === 'string' ? body : UTF8.decode(body);
}

export function withHeaders(request: Outgoing, headers: Readonly<Record<string, string>>): Outgoing {
  return { ...request, headers: { ...request.headers, ...headers } };
}

export function withoutHeader(request: Outgoing, name: string): Outgoing {
  const headers = Object.fromEntries(Object.entries(request.headers ?? {}).filter(([known]) => known !== name));
  return { ...request, headers };
}

/** JSON put together as it stands, with a token of one's own or none. */
export function withToken(shop: Shop, fields: Fields, token: unknown): Outgoing {
  const body = JSON.stringify(token === undefined ? fields : { ...fields, token });
  return { path: shop.path, body, headers: { 'content-type': 'application/json' } };
}

interface TokenParts {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
}

/** A token that only differs from a genuine one in what is said here. */
export function tokenFor(key: string, fields: Fields, { header, claims, hash = 'sha256' }: TokenParts = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 300;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signedPart = `${part({ typ: 'JWT', alg: 'HS256', ...header })}.${part({ id: fields.invoice_id, exp, ...claims })}`;
  return `${signedPart}.${createHmac(hash, key).update(signedPart).digest('base64url')}`;
}

export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
