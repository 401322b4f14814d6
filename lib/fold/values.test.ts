import { describe, expect, it, test } from 'vitest';
import type { Event } from '@/lib/providers/provider';
import { foldEvents, session } from './events.testing';
import { sameItems, sameValue } from './values';

describe('spellings of one value', () => {
  test.each([
    ['client_phone', '+380501112233', '380501112233'],
    ['client_phone', '+380501112233', '0501112233'],
    ['recipient_phone', '+38 (050) 111-22-33', '00380501112233'],
    ['recipient_phone', '80501112233', '+380501112233'],
    ['client_name', 'Коваленко Олена Петрівна', 'КОВАЛЕНКО ОЛЕНА ПЕТРІВНА'],
    ['client_name', 'José García', 'JOSE GARCIA'],
    ['client_name', "Стеф'юк Ірина", 'Стефʼюк  Ірина'],
    ['client_name', 'Коваленко Олена', 'Коваленко Олена Петрівна'],
    ['recipient_address', 'Київ', 'київ, Хрещатик 22'],
    ['client_email', 'Olena@Shop.example', 'olena@shop.example'],
    ['paytype', 'applepay', 'apple_pay'],
    ['delivery_amount', '70', '70.00'],
    ['address', '0xAbCdefabcdefabcdefabcdefabcdefabcdefabcd', 'abcdefabcdefabcdefabcdefabcdefabcdefabcd'],
    ['card_pan', '444455******1111', '444455XXXXXX1111'],
    ['card_type', 'VISA', 'Visa'],
    ['currency', 'USDT_TRC20', 'usdt_trc20'],
    ['order_id', 'A-17', 'A-17 '],
  ])('%s: %s is %s', (field, a, b) => {
    expect(sameValue(field, a, b)).toBe(true);
    expect(sameValue(field, b, a)).toBe(true);
  });

  test.each([
    ['client_phone', '+380501112233', '+380501112234'],
    ['client_name', 'Коваленко Олена', 'Коваленко Ольга'],
    ['recipient_address', 'Київ, Хрещатик 22', 'Київ, Хрещатик 23'],
    ['delivery_amount', '70', '71'],
    ['address', 'TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC', 'TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDec'],
    ['method', 'card', 'wallet'],
    ['rrn', '000123', '123'],
    ['order_id', 'A-17', 'a-17'],
    ['created', '2026-01-27T10:00:00.000000Z', '2026-01-27T10:00:00.000001Z'],
  ])('%s: %s is not %s', (field, a, b) => {
    expect(sameValue(field, a, b)).toBe(false);
  });
});

describe('lists of items', () => {
  const cup = { description: 'Горнятко', count: '1', price: '17' };
  const spoon = { description: 'Ложка', count: '2', price: '18.00' };

  it('agree in any order and however their numbers and letters are written', () => {
    const other = [
      { description: 'ЛОЖКА', count: '2.0', price: '18' },
      { description: 'горнятко ', count: '1.00', price: '17.0' },
    ];
    expect(sameItems([cup, spoon], other)).toBe(true);
  });

  it('agree where one leaves out what the other says', () => {
    expect(
      sameItems(
        [cup, spoon],
        [
          { ...spoon, price: null },
          { ...cup, count: null },
        ],
      ),
    ).toBe(true);
    expect(sameItems([{ ...cup, description: '' }], [cup])).toBe(true);
  });

  it('differ by a count, a price, a name and by how often an item stands there', () => {
    expect(sameItems([cup], [{ ...cup, count: '2' }])).toBe(false);
    expect(sameItems([cup], [{ ...cup, price: '17.01' }])).toBe(false);
    expect(sameItems([cup], [{ ...cup, description: 'Ложка' }])).toBe(false);
    expect(sameItems([cup, cup, spoon], [cup, spoon, spoon])).toBe(false);
    expect(sameItems([cup], [cup, cup])).toBe(false);
  });

  it('are compared in time however many a body holds', () => {
    const many = Array.from({ length: 8_000 }, (_, index) => ({ description: `${index}`, count: null, price: '1' }));
    expect(sameItems(many, many.toReversed())).toBe(true);
    expect(
      sameItems(
        many,
        many.map((item) => ({ ...item, price: '2' })),
      ),
    ).toBe(false);
  });
});

describe('the same facts spelled otherwise', () => {
  const paid = (said: Parameters<typeof session>[0]): Event => session({ pays: { A: '50' }, ...said });

  it('are no contradiction, and the first spelling stays', () => {
    const first = paid({
      items: [
        { description: 'Горнятко', count: '1', price: '17' },
        { description: 'Ложка', count: '2', price: '18' },
      ],
      people: { client_name: 'Коваленко Олена', client_phone: '+380501112233' },
      facts: { paytype: 'applepay', method: 'apple_pay' },
      details: { card_type: 'VISA' },
    });
    const second = paid({
      items: [
        { description: 'Ложка', count: '2.0', price: '18.00' },
        { description: 'Горнятко', count: '1.0', price: '17.00' },
      ],
      people: { client_name: 'КОВАЛЕНКО Олена', client_phone: '380501112233' },
      facts: { paytype: 'apple_pay', method: 'apple_pay' },
      details: { card_type: 'visa' },
    });
    const { results, state } = foldEvents(first, second);
    expect(results.map(({ result }) => result)).toEqual(['new', 'nothing_new']);
    expect(state).toEqual(foldEvents(first).state);
  });

  it('are completed by a later one that says more, whichever came first', () => {
    const short = paid({ people: { client_name: 'Коваленко Олена' } });
    const long = paid({ people: { client_name: 'Коваленко Олена Петрівна' } });
    for (const events of [
      [short, long],
      [long, short],
    ]) {
      const { results, rows } = foldEvents(...events);
      expect(results.map(({ result }) => result)).not.toContain('contradiction');
      expect(rows.invoice.customerName).toBe('Коваленко Олена Петрівна');
    }
  });
});
