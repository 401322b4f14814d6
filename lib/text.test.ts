import { expect, test } from 'vitest';
import { wellFormed } from './text';

test('NUL and lone surrogates become U+FFFD, everything else stays', () => {
  expect(wellFormed('a\0b')).toBe('a\uFFFDb');
  expect(wellFormed('\uD800x\uDC00')).toBe('\uFFFDx\uFFFD');
  expect(wellFormed('Іван 👋 \u202Eabc')).toBe('Іван 👋 \u202Eabc');
});
