import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Credential } from '../provider';
import { isWellKnownPublicKey } from '../well-known';

const FEWEST_BITS = 1024;
/** Beyond this one verification costs a stranger nothing and us much. */
const MOST_BITS = 8192;
const MOST_CACHED = 500;

export interface PublicKey {
  readonly key: KeyObject;
  /** Every genuine signature has exactly this length. */
  readonly signatureBytes: number;
}

const cache = new Map<string, PublicKey | null>();

/** Null for anything but an RSA public key of a usable size. Parsing costs more than verifying, so it is remembered. */
export function readPublicKey(pem: string): PublicKey | null {
  const known = cache.get(pem);
  if (known !== undefined) return known;
  const key = parsePublicKey(pem);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(pem, key);
  return key;
}

function parsePublicKey(pem: string): PublicKey | null {
  // A private key would be accepted too, and must not be kept as if it were public.
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) return null;
  try {
    const key = createPublicKey(pem.trim());
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const isUsable = key.asymmetricKeyType === 'rsa' && bits >= FEWEST_BITS && bits <= MOST_BITS;
    return isUsable ? { key, signatureBytes: Math.ceil(bits / 8) } : null;
  } catch {
    // OpenSSL could not read it, which is what null says.
    return null;
  }
}

export function checkPublicKey(value: string): 'ok' | 'not_a_public_key' | 'well_known' {
  if (!parsePublicKey(value)) return 'not_a_public_key';
  return isWellKnownPublicKey(value) ? 'well_known' : 'ok';
}

export function createKeyPair(): Credential {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { verify: publicKey, sign: privateKey };
}
