import { describe, expect, it } from 'vitest';
import { hashKey, idKey } from './identifiers';

const HASH = '9f'.repeat(32);
const SESSION = 'f1c86ec3-45ff-4bde-a428-37f49bcde530';

describe('A transaction hash', () => {
  it.each([`0x${HASH}`, HASH.toUpperCase(), `0X${HASH.toUpperCase()}`, `0x${HASH.replace('f', 'F')}`])(
    'written %s is the same hexadecimal hash',
    (spelling) => {
      expect(hashKey(spelling)).toBe(HASH);
    },
  );

  it('in Base58 differs by the case of one letter', () => {
    const solana = '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';
    expect(hashKey(solana)).toBe(solana);
    expect(hashKey(solana.toLowerCase())).not.toBe(hashKey(solana));
  });

  it.each(['', '0x', '0xZZ', `${HASH} ${HASH}`])('%j stays as it is', (text) => {
    expect(hashKey(text)).toBe(text);
  });
});

describe('An id', () => {
  it('that is a UUID is the same in either case', () => {
    expect(idKey(SESSION.toUpperCase())).toBe(SESSION);
  });

  it.each(['A-17', 'ABCDEF', `0x${HASH.toUpperCase()}`, `{${SESSION.toUpperCase()}}`])(
    '%s that is no UUID stays as it is',
    (id) => {
      expect(idKey(id)).toBe(id);
    },
  );
});
