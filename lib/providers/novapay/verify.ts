import { verify as verifyRsa } from 'node:crypto';
import type { Flag, HeaderReader, RefusalReason, Secret, Verdict } from '../provider';
import { type PublicKey, readPublicKey } from './keys';

const LONGEST_SIGNATURE = 2048;

interface Signature {
  readonly hash: 'sha256' | 'sha1';
  /** Null when the header is not base64. */
  readonly bytes: Buffer | null;
}

interface Keyed {
  readonly secret: Secret;
  readonly publicKey: PublicKey;
}

/** The signature covers the raw bytes. Every key is tried whatever failed before, so that the time tells nothing. */
export function verifySignature(bytes: Uint8Array, headers: HeaderReader, secrets: readonly Secret[]): Verdict {
  const signature = readSignature(headers);
  const keys = withKeys(secrets);
  const matching = keys.filter(({ publicKey }) => isSignedWith(bytes, signature, publicKey));
  const match = matching.find(({ secret }) => !secret.retiring) ?? matching[0];

  if (keys.length === 0) return refuse(secrets.length === 0 ? 'no_secret' : 'weak_secret');
  if (signature === null) return refuse('signature_missing');
  if (signature.bytes === null) return refuse('signature_malformed');
  if (!match) return refuse(reasonForUnknownKey(secrets, keys));
  const legacy: readonly Flag[] = signature.hash === 'sha1' ? [{ code: 'legacy_signature' }] : [];
  const age: readonly Flag[] = match.secret.retiring ? [{ code: 'old_secret' }] : [];
  const grade = signature.hash === 'sha1' ? 'rsa_legacy' : 'rsa';
  const { signer, id: secretId } = match.secret;
  return { authentic: true, grade, signer, secretId, token: null, flags: [...legacy, ...age] };
}

function refuse(reason: RefusalReason): Verdict {
  return { authentic: false, reason };
}

/** Where the newer header is present only it counts: else whoever breaks SHA-1 could choose the older one. */
function readSignature(headers: HeaderReader): Signature | null {
  const newer = headers.get('x-sign-v2');
  if (newer !== null) return newer.trim() === '' ? null : { hash: 'sha256', bytes: readBase64(newer) };
  const older = headers.get('x-sign');
  return older === null || older.trim() === '' ? null : { hash: 'sha1', bytes: readBase64(older) };
}

function readBase64(sent: string): Buffer | null {
  const text = sent.trim();
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

function isSignedWith(bytes: Uint8Array, signature: Signature | null, { key, signatureBytes }: PublicKey): boolean {
  const given = signature?.bytes ?? null;
  const fits = given !== null && given.length === signatureBytes;
  // OpenSSL refuses another length at once; a stand-in keeps the work the same.
  const probe = fits ? given : Buffer.alloc(signatureBytes, 1);
  return verifyRsa(signature?.hash ?? 'sha256', bytes, key, probe) && fits;
}

/** Without a live key of its own no signature of the provider's can be right, and that is what staff must hear. */
function reasonForUnknownKey(secrets: readonly Secret[], keys: readonly Keyed[]): RefusalReason {
  if (!secrets.some(({ signer }) => signer === 'live')) return 'no_secret';
  return keys.some(({ secret }) => secret.signer === 'live') ? 'signature_wrong_key' : 'weak_secret';
}
