import { getProvider } from '@/lib/providers';
import type { Fields, SignedPostback } from '@/lib/providers/provider';
import { after, type Flaw, MINUTE, type Posting } from './posting';

/** What the demo knows of a project: where to send, and the keys that the provider (and others) would sign with. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly notificationPath: string;
  readonly signingKey: string;
  /** A key of the same kind that is not this project's. */
  readonly otherKey: string;
  readonly testKey: string;
}

/** The request as it would come in from the provider, with whatever goes wrong on the way. */
export async function toRequest(origin: string, account: Account, posting: Posting): Promise<Request> {
  const url = `${origin}${account.notificationPath}`;
  // A sender that follows a redirect comes back with a GET and no body.
  if (posting.flaw === 'redirected') return new Request(url);
  const { body, headers } = await signed(account, posting);
  return new Request(url, { method: 'POST', body, headers });
}

async function signed(account: Account, posting: Posting): Promise<SignedPostback> {
  const { fields, flaw, at, format } = posting;
  const sign = (said: Fields, key: string, now: Date): Promise<SignedPostback> => {
    const provider = getProvider(account.provider);
    if (!provider) throw new Error(`There is no provider called ${account.provider}.`);
    return provider.sign(said, key, { now, format });
  };
  const genuine = await sign(fields, keyFor(account, flaw), flaw === 'expired' ? after(at, -40 * MINUTE) : at);
  if (flaw === 'unbound' || flaw === 'other_invoice') {
    const { invoice_id: _, ...unnamed } = fields;
    const named = flaw === 'unbound' ? unnamed : { ...fields, invoice_id: 'NOTTHIS1' };
    return withToken(genuine, tokenOf(await sign(named, account.signingKey, at)));
  }
  return flaw ? spoil(genuine, flaw) : genuine;
}

function keyFor(account: Account, flaw: Flaw | undefined): string {
  if (flaw === 'wrong_key') return account.otherKey;
  return flaw === 'test_key' ? account.testKey : account.signingKey;
}

function spoil(genuine: SignedPostback, flaw: Flaw): SignedPostback {
  const { body, headers } = genuine;
  const { 'x-sign': _, 'x-sign-v2': __, ...plain } = headers;
  if (flaw === 'unsigned') return { ...withToken({ body, headers: plain }, '') };
  if (flaw === 'legacy_signature') return { body, headers: { ...plain, 'x-sign': headers['x-sign'] ?? '' } };
  if (flaw === 'bytes_literal') return withToken(genuine, `b'${tokenOf(genuine)}'`);
  if (flaw === 'cut_short') return { body: body.slice(0, Math.floor(body.length * 0.7)), headers };
  if (flaw === 'empty') return { body: new Uint8Array(), headers };
  if (flaw === 'xml')
    return { body: encode('<?xml version="1.0"?><postback/>'), headers: { 'content-type': 'application/xml' } };
  if (flaw === 'python_print')
    return { body: encode(decode(body).replaceAll('"', "'").replaceAll('null', 'None')), headers };
  return genuine;
}

/** Where a token travels in the body, another one in its place; else the same request. */
function withToken({ body, headers }: SignedPostback, token: string): SignedPostback {
  const text = decode(body);
  const sent = tokenIn(text);
  return { body: sent === null ? body : encode(text.replace(sent, token)), headers };
}

function tokenOf({ body }: SignedPostback): string {
  return tokenIn(decode(body)) ?? '';
}

function tokenIn(text: string): string | null {
  return /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(text)?.[0] ?? null;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
