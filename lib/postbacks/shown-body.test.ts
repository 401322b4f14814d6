import { describe, expect, it } from 'vitest';
import { MASK } from '@/lib/personal';
import { indent, withoutTokens } from './shown-body';

describe('indent', () => {
  it('keeps digits, escapes and order, and leaves empty brackets closed', () => {
    const sent = '{"a":1.50e-05,"b":[],"c":{"d":"x\\u0041 , {\\"y\\"}","a":[1, 2]},"e":{}}';
    expect(indent(sent)).toBe(
      [
        '{',
        '  "a": 1.50e-05,',
        '  "b": [],',
        '  "c": {',
        '    "d": "x\\u0041 , {\\"y\\"}",',
        '    "a": [',
        '      1,',
        '      2',
        '    ]',
        '  },',
        '  "e": {}',
        '}',
      ].join('\n'),
    );
  });
});

describe('withoutTokens', () => {
  const token = `${'h'.repeat(20)}.${'c'.repeat(40)}.${'s'.repeat(43)}`;

  it.each([
    [`token=${token}&x=1`, `token=${MASK}&x=1`],
    [`b'${token}'`, `b'${MASK}'`],
    ['broken eyJhbGciOi', `broken ${MASK}`],
    ['order 1.2.3 of shop.example.com', 'order 1.2.3 of shop.example.com'],
  ])('%j', (text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it('is through with one long word, in which a token could begin anywhere', () => {
    const text = 'a'.repeat(512 * 1024);
    expect(withoutTokens(text)).toBe(text);
  });
});
