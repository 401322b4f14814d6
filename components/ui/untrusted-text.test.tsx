import { IntlProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { textOf } from './form-state';
import { Money } from './money';

function shownMoney(amount: string, currency: string, locale = 'en'): string {
  return renderToStaticMarkup(
    <IntlProvider locale={locale}>
      <Money amount={amount} currency={currency} />
    </IntlProvider>,
  );
}

test('a currency of 50 KB takes a few characters of the screen', () => {
  expect(shownMoney('1', 'X'.repeat(50_000)).length).toBeLessThan(500);
});

test('a currency cannot turn the digits beside it around', () => {
  const shown = shownMoney('1234', '\u202eDSU');
  expect(shown).not.toContain('\u202e');
  expect(shown).toContain('U+202E');
});

test('what a form sends can be stored', () => {
  const form = new FormData();
  form.set('name', 'a\0b');
  expect(textOf(form, 'name')).toBe('a\ufffdb');
  expect(textOf(form, 'missing')).toBe('');
});

test('an amount is written as the reader does, with every digit, and plain in its title', () => {
  const exact = '1234567.123456789012345678';
  const shown = (locale: string): string => shownMoney(exact, 'ETH', locale);
  expect(shown('en')).toContain('>1\u202f234\u202f567.123456789012345678<');
  for (const locale of ['uk', 'pt-PT']) expect(shown(locale)).toContain('>1\u202f234\u202f567,123456789012345678<');
  for (const locale of ['en', 'uk', 'pt-PT']) expect(shown(locale)).toContain(`title="${exact} ETH"`);
});
