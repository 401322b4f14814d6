import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { REPLY_LANGUAGE_TAG, REPLY_LANGUAGES, type ReplyLanguage } from '@/lib/invoices/reply-language';
import { LANGUAGE_TAG, LANGUAGES, type Language } from '@/lib/language';
import { type Messages, overlay, readMessages } from './catalogue';

const FOLDER = 'messages';
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const files = [...new Set(LANGUAGES.flatMap((language) => readdirSync(join(FOLDER, language))))].sort();

/** Every sentence by its dotted name; none where there is no such file. */
function sentences(language: Language, file: string): ReadonlyMap<string, string> {
  const path = join(FOLDER, language, file);
  const messages: Messages = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return new Map(flat(messages));
}

function flat(messages: Messages, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(messages).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    typeof value === 'string' ? [[before + name, value]] : flat(value, `${before}${name}.`),
  );
}

/** All parts of a sentence, those inside plurals and tags too. */
function parts(elements: readonly MessageFormatElement[]): readonly MessageFormatElement[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return [element, ...parts(element.children)];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [element];
    return [element, ...Object.values(element.options).flatMap(({ value }) => parts(value))];
  });
}

/** What a sentence must be given: its arguments and tags, the choices of a `select` with them. */
function given(sentence: string): readonly string[] {
  const names = parts(parse(sentence)).flatMap((part) => {
    if (part.type === TYPE.literal || part.type === TYPE.pound) return [];
    return part.type === TYPE.select ? [`${part.value}: ${Object.keys(part.options).sort()}`] : [part.value];
  });
  return [...new Set(names)].sort();
}

function pluralFaults(locale: string, sentence: string): readonly string[] {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return parts(parse(sentence)).flatMap((part) => {
    if (part.type !== TYPE.plural) return [];
    const there = Object.keys(part.options).filter((name) => !name.startsWith('='));
    return [
      ...needed.filter((category) => !there.includes(category)).map((category) => `lacks ${category}`),
      ...there.filter((category) => !needed.some((known) => known === category)).map((name) => `has ${name}`),
    ];
  });
}

describe.each(files)('%s', (file) => {
  const english = sentences('en', file);

  test.each(OTHERS)('has the same sentences in %s', (language) => {
    expect([...sentences(language, file).keys()].sort()).toEqual([...english.keys()].sort());
  });

  test.each(OTHERS)('asks for the same values in %s', (language) => {
    const asked = [...sentences(language, file)].map(([name, sentence]) => [name, given(sentence)]);
    const expected = asked.map(([name]) => [name, given(english.get(String(name)) ?? '')]);
    expect(asked).toEqual(expected);
  });

  test.each(LANGUAGES)('counts by the rules of %s', (language) => {
    const faults = [...sentences(language, file)].map(
      ([name, text]) => [name, pluralFaults(LANGUAGE_TAG[language], text)] as const,
    );
    expect(faults.filter(([, found]) => found.length > 0)).toEqual([]);
  });

  test.each(LANGUAGES)('has no empty sentence in %s that is not empty in English', (language) => {
    const empty = [...sentences(language, file)].filter(([name, text]) => text.trim() === '' && english.get(name));
    expect(empty).toEqual([]);
  });
});

describe('the replies to customers', () => {
  const replies = (language: ReplyLanguage): ReadonlyMap<string, string> =>
    new Map(flat(JSON.parse(readFileSync(join(FOLDER, 'reply', `${language}.json`), 'utf8'))));
  const asked = (language: ReplyLanguage): readonly unknown[] =>
    [...replies(language)].map(([name, sentence]) => [name, given(sentence)]).sort();

  test.each(REPLY_LANGUAGES)('are the same sentences, of the same values, in %s', (language) => {
    expect(asked(language)).toEqual(asked('en'));
    for (const [name, sentence] of replies(language)) {
      expect(sentence.trim(), name).not.toBe('');
      expect(pluralFaults(REPLY_LANGUAGE_TAG[language], sentence), name).toEqual([]);
    }
  });
});

test('no two files use one name', () => {
  for (const language of LANGUAGES) {
    const tops = readdirSync(join(FOLDER, language)).flatMap((file) =>
      file === 'error.json' ? [] : Object.keys(JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8'))),
    );
    expect(tops).toEqual([...new Set(tops)]);
  }
});

test('the words of a language are read from every file of its folder', async () => {
  for (const language of LANGUAGES) {
    const read = new Map(flat(await readMessages(language, true)));
    for (const file of files.filter((name) => name !== 'error.json'))
      for (const [name, sentence] of sentences(language, file)) expect(read.get(name)).toBe(sentence);
  }
});

test('where a word is missing the English one stands, and nothing English does not know', () => {
  const english = { a: 'a', b: { c: 'c', d: 'd' }, e: 'e', f: { g: 'g' } };
  const other = { b: { c: 'в', x: 'зайве' }, e: { wrong: 'ні' }, f: 'ні', y: 'зайве' };
  expect(overlay(english, other)).toEqual({ a: 'a', b: { c: 'в', d: 'd' }, e: 'e', f: { g: 'g' } });
});
