import { z } from 'zod';
import type { HeaderReader, Provider } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open, seal } from '@/lib/vault';

/** The largest postback that is read. */
export const MAX_POSTBACK_BYTES = 256 * 1024;

/**
 * The largest body that is decoded before anybody has verified it, and what is stored of one that is refused: genuine bodies
 * have 2 to 4 KB.
 */
export const MAX_UNVERIFIED_BYTES = 8 * 1024;

/** A request to a notification URL, as either HTTP adapter hands it in. */
export interface PostbackRequest {
  readonly method: string;
  /** The key that the address ends with; null: what stands there can be no key of ours. */
  readonly key: string | null;
  readonly headers: HeaderReader;
  /** Null: nobody knows. */
  readonly senderAddress: string | null;
  /** The bytes, or `too_large` as soon as there are more than are read. */
  read(): Promise<Uint8Array | 'too_large'>;
}

/** What is stored of a request beside its body, its content type and its user agent. */
export interface StoredRequest {
  readonly senderAddress: string | null;
  /** By name in lower case: what signs the body, and how it was encoded. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Room for two signatures of the largest key in one header. */
const MAX_HEADER_LENGTH = 4_200;

export function requestToStore({ headers, senderAddress }: PostbackRequest, provider: Provider): StoredRequest {
  const stored: Record<string, string> = {};
  for (const name of ['content-encoding', ...provider.signatureHeaders]) {
    const value = headers.get(name);
    if (value !== null) stored[name] = value.slice(0, MAX_HEADER_LENGTH);
  }
  return { senderAddress, headers: stored };
}

/** The columns of a postback that hold its request. */
export interface RequestColumns {
  /** Base64; null where there is nothing to store. */
  readonly request: string | null;
  readonly request_key_id: string | null;
}

const NOTHING: RequestColumns = { request: null, request_key_id: null };

/** Sealed: with the public key a signature gives away the digest of the body, and so whether a guess at it is right. */
export function sealRequest(id: string, request: StoredRequest): RequestColumns {
  if (request.senderAddress === null && Object.keys(request.headers).length === 0) return NOTHING;
  const { sealed, keyId } = seal(JSON.stringify(request), requestOwner(id));
  return { request: Buffer.from(sealed).toString('base64'), request_key_id: keyId };
}

/** What a stored request is bound to. */
export function requestOwner(id: string): string {
  return `postbacks:${id}:request`;
}

const storedSchema = z.object({ senderAddress: z.string().nullable(), headers: z.record(z.string(), z.string()) });

/** Null: nothing of it is stored, as of every postback received before version 0.2. */
export function openRequest(row: {
  readonly id: string;
  readonly request: Uint8Array | null;
  readonly requestKeyId: string | null;
}): StoredRequest | null {
  if (row.request === null || row.requestKeyId === null) return null;
  const plain = open({ sealed: row.request, keyId: row.requestKeyId }, requestOwner(row.id));
  return storedSchema.parse(JSON.parse(new TextDecoder().decode(plain)));
}

/** For a role that sees bodies masked, without what signs them: a signature tells whether a guess at what is masked is right. */
export function shownRequest(access: Access, request: StoredRequest | null): StoredRequest | null {
  if (request === null || may(access, 'seeRawBodyUnmasked')) return request;
  const { 'content-encoding': coding } = request.headers;
  return { ...request, headers: coding === undefined ? {} : { 'content-encoding': coding } };
}

/** The stored headers as a provider reads those of a request. */
export function storedHeaders({ headers }: StoredRequest): HeaderReader {
  const stored = new Map(Object.entries(headers));
  return { get: (name) => stored.get(name) ?? null, has: (name) => stored.has(name) };
}
