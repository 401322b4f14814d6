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
  ' = 1',
  '‮gnp.exe',
];

describe('a cell of text', () => {
  for (const [dialect, separator] of [
    ['plain', ','],
    ['excel', ';'],
  ] as const) {
    it(`comes back as it was, save the apostrophe (${dialect})`, () => {
      const line = csvLine(HOSTILE, [], dialect);
      const [cells = []] = parseCsv(line, separator);
      const expected = HOSTILE.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text));
      expect(cells).toEqual(expected);
    });

    it(`of any kind comes back, and never starts a formula (${dialect})`, () => {
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (texts) => {
          const [cells = []] = parseCsv(csvLine(texts, [], dialect), separator);
          expect(cells.map((cell, index) => (texts[index] === cell ? cell : cell.slice(1)))).toEqual(texts);
          for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        }),
      );
    });
  }
});

describe('a cell of another type', () => {
  it('is a number with its own digits, with a comma for Excel', () => {
    const amounts = ['-24.61', '0', '1234567.123456789012345678', '0.000000000000000001'];
    const types = amounts.map(() => 'decimal' as const);
    expect(csvLine(amounts, types, 'plain')).toBe(`${amounts.join(',')}\r\n`);
    expect(csvLine(amounts, types, 'excel')).toBe(`${amounts.join(';').replaceAll('.', ',')}\r\n`);
  });

  it('that should be a number and is none is treated as text', () => {
    expect(csvLine(['-1+cmd', 'NaN', '1e5'], ['decimal', 'decimal', 'decimal'], 'plain')).toBe("'-1+cmd,NaN,1e5\r\n");
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
