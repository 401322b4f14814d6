import { expect, it } from 'vitest';
import { getEnv, readEnv } from './env';
import { type Keyring, open, seal, VaultError } from './vault';

function keyring(...fills: string[]): Keyring {
  const [current = '', ...previous] = fills.map((fill) => Buffer.alloc(32, fill).toString('base64'));
  const secrets = { ENCRYPTION_KEY: current, ENCRYPTION_KEY_PREVIOUS: previous.join(', ') };
  return readEnv({ ...secrets, AUTH_SECRET: 'x'.repeat(32), DATABASE_URL: 'postgres://a@b/c' }).encryptionKeys;
}

it('opens what the deployment sealed, as text or bytes', () => {
  const text = seal('ключ', 'postbacks:1');
  expect(text.keyId).toBe(getEnv().encryptionKeys[0].id);
  expect(Buffer.from(open(text, 'postbacks:1')).toString()).toBe('ключ');
  expect(open(seal(new Uint8Array([0, 255]), 'a'), 'a')).toEqual(new Uint8Array([0, 255]));
});

it('does not open for another row', () => {
  const sealed = seal('secret', 'postbacks:1');
  expect(() => open(sealed, 'postbacks:2')).toThrow(VaultError);
  expect(() => open(sealed, 'postbacks:2')).toThrow('belongs to another row');
});

it('opens with a previous key, and seals with the current one', () => {
  const old = seal('secret', 'a', keyring('old'));
  const both = keyring('new', 'older', 'old');
  expect(Buffer.from(open(old, 'a', both)).toString()).toBe('secret');
  expect(seal('secret', 'a', both).keyId).toBe(keyring('new')[0].id);
});

it('names the key that is missing', () => {
  const old = seal('secret', 'postbacks:1', keyring('old'));
  expect(() => open(old, 'postbacks:1', keyring('new'))).toThrow(
    `postbacks:1 is encrypted with key ${old.keyId}, which is not in ENCRYPTION_KEY(_PREVIOUS).`,
  );
});
