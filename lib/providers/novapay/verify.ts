import { verify as verifyRsa } from 'node:crypto';
import type { Flag, HeaderReader, RefusalReason, Secret, Verdict } from '../provider';
import { type PublicKey, readPublicKey } from './keys';

const LONGEST_SIGNATURE = 2048;

/** The newer one first. */
export const SIGNATURE_HEADERS = ['x-sign-v2', 'x-sign'] as const;

type Hash = 'sha256' | 'sha1';

interface Signature {
  /** What it may be a signature of, the better one first. */
  readonly hashes: readonly Hash[];
  /** Null when the header is not base64. */
  readonly bytes: Buffer | null;
}

interface Keyed {
  readonly secret: Secret;
  readonly publicKey: PublicKey;
}

interface Match {
  readonly secret: Secret;
  readonly hash: Hash;
}

/** The signature covers the raw bytes. Every key is tried whatever failed before, so that the time tells nothing. */
export function verifySignature(bytes: Uint8Array, headers: HeaderReader, secrets: readonly Secret[]): Verdict {
  const signature = readSignature(headers);
  const keys = withKeys(secrets);
  const hashes = signature?.hashes ?? (['sha256'] as const);
  const matching: readonly Match[] = hashes.flatMap((hash) =>
    keys
      .filter(({ publicKey }) => isSignedWith(bytes, signature?.bytes ?? null, hash, publicKey))
      .map(({ secret }) => ({ secret, hash })),
  );
  const match = matching.find(({ secret }) => !secret.retiring) ?? matching[0];

  if (keys.length === 0) return refuse(secrets.length === 0 ? 'no_secret' : 'weak_secret');
  if (signature === null) return refuse('signature_missing');
  if (signature.bytes === null) return refuse('signature_malformed');
  if (!match) return refuse(reasonForUnknownKey(secrets, keys));
  const { hash, secret } = match;
  const legacy: readonly Flag[] = hash === 'sha1' ? [{ code: 'legacy_signature' }] : [];
  const age: readonly Flag[] = secret.retiring ? [{ code: 'old_secret' }] : [];
  const grade = hash === 'sha1' ? 'rsa_legacy' : 'rsa';
  const { signer, id: secretId } = secret;
  return { authentic: true, grade, signer, secretId, token: null, flags: [...legacy, ...age] };
}

function refuse(reason: RefusalReason): Verdict {
  return { authentic: false, reason };
}

/** Where the newer header is present only it counts: else whoever breaks SHA-1 could choose the older one. */
function readSignature(headers: HeaderReader): Signature | null {
  const [newer, older] = SIGNATURE_HEADERS.map((name) => headers.get(name));
  if (typeof newer === 'string') return toSignature(newer, ['sha256']);
  return typeof older === 'string' ? toSignature(older, ['sha256', 'sha1']) : null;
}

/** A header that was sent twice is a list; equal values of it are one, and base64 has no comma. */
function toSignature(sent: string, hashes: readonly Hash[]): Signature | null {
  const values = new Set(sent.split(',').map((value) => value.trim()));
  values.delete('');
  const [value, ...others] = values;
  if (value === undefined) return null;
  return { hashes, bytes: others.length === 0 ? readBase64(value) : null };
}

function readBase64(text: string): Buffer | null {
  if (text.length > LONGEST_SIGNATURE) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function withKeys(secrets: readonly Secret[]): readonly Keyed[] {
  return secrets.flatMap((secret) => {
    const publicKey = readPublicKey(secret.value);
    return publicKey ? [{ secret, publicKey }] : [];
  });
}

function isSignedWith(
  bytes: Uint8Array,
  given: Buffer | null,
  hash: Hash,
  { key, signatureBytes }: PublicKey,
): boolean {
  const fits = given !== null && given.length === signatureBytes;
  // OpenSSL refuses another length at once; a made-up signature keeps the work the same.
  const probe = fits ? given : Buffer.alloc(signatureBytes, 1);
  return verifyRsa(hash, bytes, key, probe) && fits;
}

/** Without a live key of its own no signature of the provider's can be right, and that is what staff must hear. */
function reasonForUnknownKey(secrets: readonly Secret[], keys: readonly Keyed[]): RefusalReason {
  if (!secrets.some(({ signer }) => signer === 'live')) return 'no_secret';
  return keys.some(({ secret }) => secret.signer === 'live') ? 'signature_wrong_key' : 'weak_secret';
}
