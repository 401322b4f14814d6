import { describe, expect, it } from 'vitest';
import { fieldRules, MASK } from '@/lib/field-rules';
import { novapay } from '@/lib/providers/novapay';
import type { Fields } from '@/lib/providers/provider';
import { diffBodies } from './body-diff';
import type { Masking } from './masked-body';

const RULES = fieldRules(novapay);

const diff = (before: Fields, after: Fields, masking: Masking = 'token'): readonly unknown[] =>
  diffBodies(before, after, masking).differences.map(({ path, before, after }) => [path, before, after]);

describe('what two bodies say otherwise', () => {
  it('is nothing where only order and token differ', () => {
    expect(
      diff({ a: '1', b: { c: '2', d: [] }, token: 'x.y.z' }, { token: 'other', b: { d: [], c: '2' }, a: '1' }),
    ).toEqual([]);
  });

  it('shows nobody the middle of a full card number, nor in a key', () => {
    expect(diff({ a: '1' }, { a: 'Card 4111 1111 1111 1111', '4111111111111111': '1' })).toEqual([
      ['a', '1', 'Card 411111••••••1111'],
      ['411111••••••1111', null, '1'],
    ]);
  });

  it('is told by path: added, removed, changed', () => {
    const before = { status: 'paid', delivery: { express_waybills: [], city: 'x' }, gone: { a: '1', b: '2' } };
    const after = { status: 'voided', delivery: { express_waybills: ['20', '59'], city: 'x' }, note: null };
    expect(diffBodies(before, after, 'token')).toEqual({
      more: 0,
      differences: [
        { path: 'status', kind: 'changed', before: 'paid', after: 'voided' },
        { path: 'delivery.express_waybills', kind: 'removed', before: '[]', after: null },
        { path: 'gone.a', kind: 'removed', before: '1', after: null },
        { path: 'gone.b', kind: 'removed', before: '2', after: null },
        { path: 'delivery.express_waybills.0', kind: 'added', before: null, after: '20' },
        { path: 'delivery.express_waybills.1', kind: 'added', before: null, after: '59' },
        { path: 'note', kind: 'added', before: null, after: 'null' },
      ],
    });
  });

  it('keeps digits apart that are equal as numbers', () => {
    expect(diff({ amount: '1.10' }, { amount: '1.1' })).toEqual([['amount', '1.10', '1.1']]);
  });

  it('does not take a dot in a name for a path, nor stumble over names of objects', () => {
    const hostile = Object.fromEntries([['__proto__', '1'] as const, ['constructor', '2'] as const]);
    expect(diff({ 'a.b': '1' }, { a: { b: '1' } })).toEqual([
      ['"a.b"', '1', null],
      ['a.b', null, '1'],
    ]);
    expect(diff({}, hostile)).toEqual([
      ['__proto__', null, '1'],
      ['constructor', null, '2'],
    ]);
  });

  it('tells that a person’s value changed, and hides it from whom it is not for', () => {
    const before = {
      client_phone: '0500001',
      metadata: { contact: { viber: '+380671112233', seen: true }, is_email_required: true, birthday: '1990-02-03' },
      extra: '{"phone":"1"}',
    };
    const after = {
      client_phone: '0500002',
      metadata: { contact: { viber: '+380671112244', seen: false }, is_email_required: false, birthday: '1990-02-04' },
      extra: '{"phone":"2"}',
    };
    expect(diff(before, after, RULES)).toEqual([
      ['client_phone', MASK, MASK],
      ['metadata.contact.viber', MASK, MASK],
      ['metadata.contact.seen', 'true', 'false'],
      ['metadata.is_email_required', 'true', 'false'],
      ['metadata.birthday', '1990-02-03', '1990-02-04'],
      ['extra', MASK, MASK],
    ]);
    expect(diff(before, after)[0]).toEqual(['client_phone', '0500001', '0500002']);
  });

  it('hides a key that may name a person', () => {
    const after = { metadata: { contacts: { 'Olena Kovalenko': true, 'Taras Melnyk': '1' } } };
    expect(diff({}, after, RULES)).toEqual([
      [`metadata.contacts.${MASK}`, null, 'true'],
      [`metadata.contacts.${MASK}`, null, '1'],
    ]);
    expect(diff({}, after)[0]).toEqual(['metadata.contacts.Olena Kovalenko', null, 'true']);
  });

  it('shows no token, wherever it stands', () => {
    const token = `${'h'.repeat(20)}.${'c'.repeat(40)}.${'s'.repeat(43)}`;
    const shown = JSON.stringify(diff({}, { invoice_info: { token }, other: `b'${token}'` }));
    expect(shown).not.toContain('ccc');
    expect(shown).toContain(MASK);
  });

  it('lists no more than can be read, and says how many more there are', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'x'] as const));
    const { differences, more } = diffBodies({}, many, 'token');
    expect(differences).toHaveLength(300);
    expect(more).toBe(700);
  });
});
