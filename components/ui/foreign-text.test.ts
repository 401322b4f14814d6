import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { textOf } from './form-state';
import { Money } from './money';

test('a currency of 50 KB takes a few characters of the screen', () => {
  expect(renderToStaticMarkup(Money({ amount: '1', currency: 'X'.repeat(50_000) })).length).toBeLessThan(500);
});

test('a currency cannot turn the digits beside it around', () => {
  const shown = renderToStaticMarkup(Money({ amount: '1234', currency: '\u202eDSU' }));
  expect(shown).not.toContain('\u202e');
  expect(shown).toContain('U+202E');
});

test('what a form sends can be stored', () => {
  const form = new FormData();
  form.set('name', 'a\0b');
  expect(textOf(form, 'name')).toBe('a\ufffdb');
  expect(textOf(form, 'missing')).toBe('');
});
