import { describe, expect, test } from 'vitest';
import { LANGUAGE_TAG, LANGUAGES, languageFromHeader, toLanguage } from './language';

describe('the language of the browser', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['uk', 'uk'],
    ['uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7', 'uk'],
    ['pt-BR', 'pt'],
    ['PT-pt', 'pt'],
    ['de-DE,de;q=0.9,pt;q=0.4,en;q=0.3', 'pt'],
    ['en;q=0.2, uk;q=0.8', 'uk'],
    ['uk;q=0.5, pt;q=0.5', 'uk'],
    ['uk;q=0, en;q=0.1', 'en'],
    ['uk;q=0', 'en'],
    ['uk;q=lots, pt;q=0.1', 'pt'],
    ['*', 'en'],
    ['fr, de', 'en'],
    [`${'x,'.repeat(100_000)}uk`, 'en'],
    [';;;,,q=1;uk', 'en'],
  ])('%j is answered in %s', (header, language) => {
    expect(languageFromHeader(header?.toString() ?? null)).toBe(language);
  });

  test('only what we speak is remembered', () => {
    expect(LANGUAGES.map(toLanguage)).toEqual([...LANGUAGES]);
    for (const text of ['', 'EN', 'pt-PT', '__proto__', undefined, null]) expect(toLanguage(text)).toBeNull();
  });

  test('nothing is plural in Portugal, two of three are few in Ukraine', () => {
    expect(new Intl.PluralRules(LANGUAGE_TAG.pt).select(0)).toBe('other');
    expect(new Intl.PluralRules(LANGUAGE_TAG.uk).select(3)).toBe('few');
  });
});
