import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: iv, tag, ciphertext. `associatedData` is not kept; who opens has to say the same. */
export function seal(plaintext: Uint8Array, key: Uint8Array, associatedData: string): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(associatedData));
  const ciphertext = [cipher.update(plaintext), cipher.final()];
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), ...ciphertext]));
}

/** Throws when the key or the associated data is another, or a bit has changed. */
export function open(sealed: Uint8Array, key: Uint8Array, associatedData: string): Uint8Array {
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(associatedData))
    .setAuthTag(tag);
  const plaintext = [decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
  return new Uint8Array(Buffer.concat(plaintext));
}

export function sha256(data: string | Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** The UUID (version 8) of what is named by `parts`: the same parts give the same one, and 'ab','c' is not 'a','bc'. */
export function identity(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** 32 characters for a URL, 192 bits that nobody guesses. */
export function randomKey(): string {
  return randomBytes(24).toString('base64url');
}
