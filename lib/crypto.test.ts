import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, open, randomKey, seal, sha256Hex, timedUuid } from './crypto';

const key = Buffer.alloc(32, 1);
const secret = Buffer.from('a secret');

describe('seal', () => {
  it('opens to what was sealed, for whom it was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (plaintext, owner) => {
        expect(open(seal(plaintext, key, owner), key, owner)).toEqual(new Uint8Array(plaintext));
      }),
    );
  });

  it('is iv, tag and ciphertext, never twice the same', () => {
    const sealed = seal(secret, key, 'a');
    expect(sealed).toHaveLength(12 + 16 + secret.length);
    expect(Buffer.from(sealed).includes(secret)).toBe(false);
    expect(seal(secret, key, 'a')).not.toEqual(sealed);
  });

  it('does not open with another key, for another owner, cut short or changed in any byte', () => {
    const sealed = seal(secret, key, 'a');
    expect(() => open(sealed, Buffer.alloc(32, 2), 'a')).toThrow();
    expect(() => open(sealed, key, 'b')).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      expect(() => open(changed, key, 'a')).toThrow();
      expect(() => open(sealed.subarray(0, index), key, 'a')).toThrow();
    }
  });
});

describe('identity', () => {
  it('is a UUID of version 8, pinned: rows are found by it for ever', () => {
    expect(identity('invoice', 'A1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(identity('invoice', 'A1')).toBe('8d319f25-f09f-8bcb-b01d-f7a14e0d6697');
  });

  it('is the same only for the same parts', () => {
    expect(identity('ab', 'c')).not.toBe(identity('a', 'bc'));
    expect(identity('a', '')).not.toBe(identity('a'));
    expect(identity('1:a')).not.toBe(identity('', 'a'));
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(identity(...a) === identity(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

it('hashes text as its UTF-8', () => {
  expect(sha256Hex('é')).toBe(sha256Hex(Buffer.from('é')));
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('makes keys for URLs that differ', () => {
  const keys = new Set(Array.from({ length: 100 }, randomKey));
  expect(keys.size).toBe(100);
  for (const made of keys) expect(made).toMatch(/^[A-Za-z0-9_-]{32}$/);
});

it('makes a timed UUID of version 7 that sorts by its time and is never given twice', () => {
  const noon = new Date('2026-01-27T12:00:00.000Z');
  const made = Array.from({ length: 2_000 }, () => timedUuid(noon));
  expect(new Set(made).size).toBe(2_000);
  for (const id of made) expect(id).toMatch(/^019bff53-2e00-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const later = timedUuid(new Date(noon.getTime() + 1));
  expect(made.every((id) => id < later)).toBe(true);
});
