import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOrderMark, csvLine } from './csv';
import { parseCsv } from './csv.testing';

const HOSTILE = [
  '=cmd|’/C calc’!A0',
  '+380',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '"quoted"',
  'a,b;c',
  'two\r\nlines',
  'a\nb',
  "'apostrophe",
  'Олена “Кава”; і чай',
  'SEMI;=1+1;X',
  'TABx\t=2+2\ty',
  'COMMA,=3+3,z',
  'a, b; c\td',
  'a,-b',
  'a; \u200b@b',
  'a\t\tb',
  ' = 1',
  '\u00a0\ufeff+1',
  '\n=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '﹦1',
  'ok=1',
  'x-1',
  '‮gnp.exe',
];
/** Which of them a spreadsheet could take for a formula, as a whole or split at any separator. */
const DANGEROUS = new Set(
  HOSTILE.filter(
    (text) =>
      text
        .split(/[,;\t]/)
        .some((part, index) => (index > 0 && part === '') || /^[\s\p{Cf}]*[=+\-@＝＋－＠﹦]|^[\r\n]/u.test(part)) ||
      /^[\t\r\n]/.test(text),
  ),
);

describe('a cell of text', () => {
  for (const [dialect, separator] of [
    ['plain', ','],
    ['excel', ';'],
  ] as const) {
    it(`comes back as it was, save the apostrophe (${dialect})`, () => {
      const line = csvLine(HOSTILE, [], dialect);
      const [cells = []] = parseCsv(line, separator);
      const expected = HOSTILE.map((text) => (DANGEROUS.has(text) ? `'${text}` : text));
      expect(cells).toEqual(expected);
    });

    it(`of any kind comes back, and never starts a formula (${dialect})`, () => {
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (texts) => {
          const [cells = []] = parseCsv(csvLine(texts, [], dialect), separator);
          expect(cells.map((cell, index) => (texts[index] === cell ? cell : cell.slice(1)))).toEqual(texts);
          for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        }),
      );
    });
  }
});

describe('a formula behind what nobody sees', () => {
  const UNSEEN = [
    ...['\u3164', '\u115f', '\u1160', '\uffa0', '\u2800', '\u00ad', '\u034f', '\u061c', '\u180e', '\u200b', '\u2060'],
    ...[
      '\ufeff',
      '\ufe0f',
      '\u{e0020}',
      '\u0301',
      '\u00a0',
      '\u3000',
      '\u2028',
      '\u0000',
      '\u001f',
      '\u007f',
      '\u0085',
    ],
    ...['\ud800', '\ue000', '\uffff', '\u{1d173}', '\u200b\u3164 \u2800'],
  ];
  const SIGNS = [
    '=',
    '+',
    '-',
    '@',
    '\uff1d',
    '\uff0b',
    '\uff0d',
    '\uff20',
    '\ufe66',
    '\ufe62',
    '\ufe63',
    '\ufe6b',
    '\u2212',
  ];

  it.each(SIGNS)('is neutralised whatever hides it: %s', (sign) => {
    for (const unseen of ['', ...UNSEEN]) {
      const cell = `${unseen}${sign}1+1`;
      expect(csvLine([cell], [], 'plain'), JSON.stringify(cell)).toBe(`"'${cell}"\r\n`);
      expect(csvLine([`a;${cell}`], [], 'plain'), JSON.stringify(cell)).toMatch(/^"'a;/);
    }
  });

  it('a word behind it is left as it is', () => {
    for (const unseen of UNSEEN.filter((text) => text !== '\u0000'))
      expect(csvLine([`${unseen}word`], [], 'plain')).toContain(`${unseen}word`);
    expect(csvLine(['\u3164word'], [], 'plain')).not.toContain("'");
  });
});

describe('a reader that splits at every separator', () => {
  it.each(['plain', 'excel'] as const)('finds each cell in quotes, and every column where it is (%s)', (dialect) => {
    const [separator, other] = dialect === 'plain' ? [',', ';'] : [';', ','];
    const line = csvLine(HOSTILE, [], dialect);
    const bare = line.replace(/"(?:[^"]|"")*"/g, 'Q');
    expect(bare.split(separator)).toHaveLength(HOSTILE.length);
    expect(bare).not.toContain(other);
    expect(bare).not.toContain('\t');
    // What is neutralised is always quoted.
    for (const text of DANGEROUS) expect(csvLine([text], [], dialect)).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
  });
});

describe('a cell of another type', () => {
  it('is a number with its own digits, with a comma for Excel', () => {
    const amounts = ['-24.61', '0', '1234567.123456789012345678', '0.000000000000000001'];
    const types = amounts.map(() => 'decimal' as const);
    expect(csvLine(amounts, types, 'plain')).toBe(`${amounts.join(',')}\r\n`);
    // A comma splits cells where a reader takes all separators, so it stands in quotes.
    const quoted = amounts.map((amount) => (amount.includes('.') ? `"${amount.replace('.', ',')}"` : amount));
    expect(csvLine(amounts, types, 'excel')).toBe(`${quoted.join(';')}\r\n`);
  });

  it('that should be a number and is none is treated as text', () => {
    expect(csvLine(['-1+cmd', 'NaN', '1e5'], ['decimal', 'decimal', 'decimal'], 'plain')).toBe(
      '"\'-1+cmd",NaN,1e5\r\n',
    );
  });

  it('is a phone as digits', () => {
    expect(csvLine(['+38 (050) 123-45-67', '=1+1'], ['phone', 'phone'], 'plain')).toBe('380501234567,11\r\n');
  });

  it('that is unknown is empty, and a line of one such cell is still a line', () => {
    expect(csvLine([null, '', 'x', null], [], 'plain')).toBe(',,x,\r\n');
    expect(csvLine([null], [], 'plain')).toBe('""\r\n');
  });
});

it('only Excel gets a byte order mark', () => {
  expect([byteOrderMark('plain'), byteOrderMark('excel')]).toEqual(['', '\uFEFF']);
});
