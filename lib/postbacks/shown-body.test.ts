import { describe, expect, it } from 'vitest';
import { indent } from './shown-body';

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
