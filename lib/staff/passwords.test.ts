import { describe, expect, test, vi } from 'vitest';
import { hashPassword, passwordFingerprint, passwordFlaw, passwordMatches } from './passwords';

// At the real cost, which every other test file does without.
vi.unmock('@node-rs/argon2');

describe('passwords', () => {
  test('are kept as argon2id at the cost that OWASP recommends, and no two hashes of one are alike', async () => {
    const [first, second] = await Promise.all([hashPassword('three grey herons'), hashPassword('three grey herons')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
    expect(first).not.toBe(second);
    expect(first).not.toContain('heron');
  });

  test('the right one matches, however the keyboard composed its letters', async () => {
    const stored = await hashPassword('пароль з ї'.normalize('NFC'));
    expect(await passwordMatches(stored, 'пароль з ї'.normalize('NFD'))).toBe(true);
    expect(await passwordMatches(stored, 'пароль з і')).toBe(false);
  });

  test('an account that does not exist has no password, not even the decoy', async () => {
    expect(await passwordMatches(null, 'nobody has this password')).toBe(false);
    expect(await passwordMatches(null, '')).toBe(false);
  });

  test('neither too short nor too long nor common', async () => {
    expect(await passwordFlaw('a1s9d8f7g')).toBe('short');
    expect(await passwordFlaw('a1s9d8f7g6')).toBe(null);
    expect(await passwordFlaw('x'.repeat(201))).toBe('long');
    expect(await passwordFlaw('1234567890')).toBe('common');
  });

  test('a fingerprint names one hash and tells nothing of it', () => {
    expect(passwordFingerprint('$argon2id$a')).toBe(passwordFingerprint('$argon2id$a'));
    expect(passwordFingerprint('$argon2id$a')).not.toBe(passwordFingerprint('$argon2id$b'));
    expect(passwordFingerprint('$argon2id$a')).toMatch(/^[\w-]{16}$/);
  });
});
