import { getProvider } from '@/lib/providers';
import { open } from '@/lib/vault';

/** How long the tokens of CryptoCloud and Trybit are valid: their expiry tells when they were made. */
export const TOKEN_LIFE_S = 300;

export interface StoredBody {
  readonly id: string;
  readonly body: Uint8Array;
  readonly encryptionKeyId: string;
}

/** When the token of a stored postback expires, in seconds; null where it has none, or its body does not open. */
export function tokenExpiry(providerId: string, { id, body, encryptionKeyId }: StoredBody): number | null {
  const bytes = open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`);
  const decoded = getProvider(providerId)?.decode(bytes);
  const token = decoded?.ok && Object.hasOwn(decoded.fields, 'token') ? decoded.fields.token : null;
  return typeof token === 'string' ? expiryOf(token) : null;
}

/** The claim of a token whose signature was checked when it came. */
function expiryOf(token: string): number | null {
  const [, claims = ''] = token.split('.');
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const expiry = typeof read === 'object' && read !== null && 'exp' in read ? read.exp : null;
    return typeof expiry === 'number' && Number.isFinite(expiry) ? expiry : null;
  } catch {
    // What is no JSON names no time.
    return null;
  }
}
