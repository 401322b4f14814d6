import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Credential, CredentialReading } from '../provider';
import { isPublishedKey } from '../weak-secrets';

const FEWEST_BITS = 1024;
/** Beyond this one verification costs a stranger nothing and us much. */
const MOST_BITS = 8192;
const MOST_CACHED = 500;
/** The largest key in the wordiest file is a tenth of it. */
const MAX_PASTED = 20_000;

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

/** Word processors make other dashes of those around the frame. */
const DASHES = /[-\u2010-\u2015\u2212]{2,}/g;
const BLOCK = /-----\s*BEGIN\s+((?:RSA\s+)?PUBLIC\s+KEY)\s*-----(.*?)(?:-----\s*END|$)/gs;

/** Takes a PEM as people paste it: on one line, quoted, with `\n` as two characters, with a name in front, without its frame. */
export function readPastedKey(entered: string): CredentialReading {
  if (entered.length > MAX_PASTED) return { ok: false, problem: 'not_a_public_key' };
  const text = entered.replaceAll(/(?:\\{1,4}[rn])+/g, '\n').replaceAll(DASHES, '-----');
  if (/BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return { ok: false, problem: 'private_key' };
  const pems = new Set(pemsIn(text).flatMap((pem) => canonicalPem(pem)));
  const [value, ...others] = pems;
  if (value === undefined) return { ok: false, problem: 'not_a_public_key' };
  if (others.length > 0) return { ok: false, problem: 'several_keys' };
  return isPublishedKey(value) ? { ok: false, problem: 'well_known' } : { ok: true, value };
}

/** Whatever may be a public key, framed and in lines of 64 again. */
function pemsIn(text: string): readonly string[] {
  const framed = [...text.matchAll(BLOCK)].map(([, label = '', body = '']) =>
    frame(label.replaceAll(/\s+/g, ' '), body),
  );
  if (framed.length > 0) return framed;
  // Base64 alone does not say which of the two it is.
  return ['PUBLIC KEY', 'RSA PUBLIC KEY'].map((label) => frame(label, text));
}

function frame(label: string, body: string): string {
  // What joins the lines of a text in somebody's program, and what quotes them in a letter.
  const base64 = body.replaceAll(/["'`]\s*\+\s*["'`]/g, '').replaceAll(/[\s\p{Cf}"'`,;>|\\]/gu, '');
  return `-----BEGIN ${label}-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----`;
}

/** None or one. */
function canonicalPem(pem: string): readonly string[] {
  const key = parsePublicKey(pem)?.key;
  return key ? [key.export({ type: 'spki', format: 'pem' }).toString().trim()] : [];
}

export function createKeyPair(): Credential {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { verify: publicKey, sign: privateKey };
}
