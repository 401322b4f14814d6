import { describe, expect, it, test } from 'vitest';
import { ALL_PEOPLE, NO_PEOPLE, queriesByKind, queryForList } from './query';
import { emailTerm, phoneQuery, phoneTerms } from './secret-terms';
import { termOf, termsOf } from './terms';

const everything = ALL_PEOPLE;

describe('terms', () => {
  test.each([
    ['invoice', 'INV-ILRAJE1Q', 'i:ilraje1q'],
    ['hash', '0xABCdef', 'h:abcdef'],
    ['waybill', '20 4501 2345-6789', 'w:20450123456789'],
    ['amount', '53.2500', 'm:53.25'],
    ['amount', '53,25', 'm:53.25'],
    ['amount', '53.000', 'm:53'],
    ['amount', '100', 'm:100'],
    ['amount', '000.00010', 'm:0.0001'],
    ['order', ' Ж-1 ', 'o:ж-1'],
  ] as const)('a %s written %s is %s', (kind, text, term) => {
    expect(termOf(kind, text)).toBe(term);
  });

  it('of an invoice name each thing once, an order also by its parts', () => {
    const terms = termsOf({
      orders: ['Shop-77', 'Shop-77'],
      invoice: 'ILRAJE1Q',
      hashes: ['0xAA', 'BB'],
      address: 'TXyz',
      waybills: ['20450123456789'],
      amounts: ['1.50', '1.5'],
      names: ['Олена Коваль'],
    });
    expect([...terms].sort()).toEqual(
      [
        'a:txyz',
        'h:aa',
        'h:bb',
        'i:ilraje1q',
        'm:1.5',
        'n:коваль',
        'n:олена',
        'o:77',
        'o:shop',
        'o:shop-77',
        'w:20450123456789',
      ].sort(),
    );
  });

  it('stay small whatever is sent', () => {
    const hostile = {
      orders: ['x'.repeat(50_000)],
      invoice: '😀'.repeat(300),
      address: null,
      waybills: [],
      amounts: [],
      names: [],
    };
    const terms = termsOf({ ...hostile, hashes: Array.from({ length: 5_000 }, (_, index) => `hash${index}`) });
    expect(terms.length).toBe(2_000);
    expect(Math.max(...terms.map((term) => Buffer.byteLength(term)))).toBeLessThan(2_046);
    for (const term of terms) expect(Buffer.from(term).toString()).toBe(term);
  });
});

describe('a phone', () => {
  const terms = phoneTerms('380501234567');

  test.each(['+380 50 123 45 67', '050 123-45-67', '(050) 1234567', '1234567', '4567', '34567'])(
    'is found by %s',
    (text) => {
      for (const term of phoneQuery(text)) expect(terms).toContain(term);
      expect(phoneQuery(text)).toHaveLength(1);
    },
  );

  test.each(['050 123 45 68', '4568'])('is not found by %s', (text) => {
    for (const term of phoneQuery(text)) expect(terms).not.toContain(term);
  });

  test.each(['567', 'order 4567', '', '1234567890123456'])('%j is none', (text) => {
    expect(phoneQuery(text)).toEqual([]);
  });

  it('cannot be read from what is stored', () => {
    expect(terms.join(' ')).not.toMatch(/\d{4}/);
    expect(emailTerm('A@b.example')).toBe(emailTerm('a@b.example '));
    expect(emailTerm('a@b.example')).not.toContain('b.example');
  });
});

describe('a query', () => {
  it('asks for every kind that the text may be', () => {
    const kinds = (text: string): readonly string[] => [...queriesByKind(text, everything).keys()].sort();
    expect(kinds('ILRAJE1Q')).toEqual(['address', 'hash', 'invoice', 'name', 'order']);
    expect(kinds('Олена Коваль')).toEqual(['name', 'order']);
    expect(kinds('20450123456789')).toEqual([
      'address',
      'amount',
      'hash',
      'invoice',
      'name',
      'order',
      'phone',
      'waybill',
    ]);
    expect(kinds('53,25 USDT')).toEqual(['amount', 'invoice', 'name', 'order']);
    expect(kinds('a@b.example')).toEqual(['address', 'email', 'hash', 'invoice', 'name', 'order']);
    expect(kinds('  ')).toEqual([]);
  });

  it('never asks for people where they may not be seen', () => {
    const kinds = [...queriesByKind('4567 a@b.example Олена', NO_PEOPLE).keys()];
    expect(kinds).not.toEqual(expect.arrayContaining(['name']));
    expect(queryForList('Олена', NO_PEOPLE)).not.toContain("'n:");
    expect(queryForList('380501234567', NO_PEOPLE)).not.toContain("'p:");
  });

  it('gives no sign of the text a meaning', () => {
    expect(queryForList("a'b\\c & !d", everything)).toContain("'o:a''b\\\\c & !d':*");
    expect(queryForList("' | '", everything)).not.toContain("'o:' ");
  });

  it('looks for beginnings of three letters, and for shorter words whole', () => {
    expect(queriesByKind('A1', everything).get('order')?.query).toBe("'o:a1'");
    expect(queriesByKind('A12', everything).get('order')?.query).toBe("'o:a12':*");
  });
});
