import * as crypto from './crypto';
import { type EncryptionKey, getEnv } from './env';

/** The current key first; the others only open. */
export type Keyring = readonly [EncryptionKey, ...EncryptionKey[]];

export interface Sealed {
  readonly sealed: Uint8Array;
  readonly keyId: string;
}

/** What the keys at hand cannot open; the message says why. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** Encrypts with the current key, bound to the row `owner` (`postbacks:<id>`): copied to another row it will not open. */
export function seal(content: string | Uint8Array, owner: string, keys: Keyring = getEnv().encryptionKeys): Sealed {
  const [current] = keys;
  const plaintext = typeof content === 'string' ? Buffer.from(content) : content;
  return { sealed: crypto.seal(plaintext, current.key, owner), keyId: current.id };
}

export function open({ sealed, keyId }: Sealed, owner: string, keys: Keyring = getEnv().encryptionKeys): Uint8Array {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) {
    throw new VaultError(`${owner} is encrypted with key ${keyId}, which is not in ENCRYPTION_KEY(_PREVIOUS).`);
  }
  try {
    return crypto.open(sealed, key.key, owner);
  } catch (error) {
    throw new VaultError(`${owner} does not open with key ${keyId}: it was changed, or belongs to another row.`, {
      cause: error,
    });
  }
}
