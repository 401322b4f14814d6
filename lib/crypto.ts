import * as nodeCrypto from 'node:crypto';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: iv, tag, ciphertext. `associatedData` is not kept; who opens has to say the same. */
export function seal(plaintext: Uint8Array, key: Uint8Array, associatedData: string): Uint8Array {
  const iv = nextRandom(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyObject(key), iv).setAAD(Buffer.from(associatedData));
  const ciphertext = [cipher.update(plaintext), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...ciphertext]);
}

const keyObjects = new WeakMap<Uint8Array, KeyObject>();

/** Handing over bytes makes OpenSSL read the key anew each time. */
function keyObject(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, known);
  return known;
}

const POOL_BYTES = 4096;
let pool = Buffer.alloc(0);

/** Random bytes from a stock, each given out once: asking the system for twelve takes as long as sealing with them. */
function nextRandom(length: number): Buffer {
  if (pool.length < length) pool = randomBytes(POOL_BYTES);
  const taken = pool.subarray(0, length);
  pool = pool.subarray(length);
  return taken;
}

/** Throws when the key or the associated data is another, or a bit has changed. */
export function open(sealed: Uint8Array, key: Uint8Array, associatedData: string): Uint8Array {
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyObject(key), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(associatedData))
    .setAuthTag(tag);
  const plaintext = [decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
  return new Uint8Array(Buffer.concat(plaintext));
}

/** SHA-256 in hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return digest('sha256', data);
}

/** HMAC-SHA-256 in hexadecimal. */
export function keyedDigest(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Node 20.12 and later hash in one call, at a third of the cost. */
const digest: (algorithm: string, data: string | Uint8Array) => string =
  nodeCrypto.hash ?? ((algorithm, data) => createHash(algorithm).update(data).digest('hex'));

/** The UUID (version 8) of what is named by `parts`: the same parts give the same one, and 'ab','c' is not 'a','bc'. */
export function identity(...parts: string[]): string {
  const named = sha256Hex(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''));
  return asUuid(named, 8);
}

/** A random UUID (version 7, RFC 9562) that sorts by the time of `now`, so that new rows lie together in an index. */
export function timedUuid(now: Date): string {
  return asUuid(now.getTime().toString(16).padStart(12, '0') + nextRandom(10).toString('hex'), 7);
}

/** The first 32 hexadecimal digits with version and variant set. */
function asUuid(hex: string, version: number): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 32 characters for a URL, 192 bits that nobody guesses. */
export function randomKey(): string {
  return randomBytes(24).toString('base64url');
}
