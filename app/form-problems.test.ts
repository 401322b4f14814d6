import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { readMessages } from '@/i18n/catalogue';
import { LANGUAGE_TAG, LANGUAGES } from '@/lib/language';
import { emailProblem, nameProblem, newPasswordProblem, passwordProblem, wrongFields } from './form-problems';

describe.each(LANGUAGES)('what is wrong with an entry, in %s', async (language) => {
  const messages = await readMessages(language, true);
  const t = createTranslator({ locale: LANGUAGE_TAG[language], messages, namespace: 'formProblem' });

  test.each([
    ['a name', nameProblem(t, '', 80), nameProblem(t, 'x'.repeat(81), 80), null, nameProblem(t, 'x'.repeat(80), 80)],
    [
      'an email',
      emailProblem(t, ''),
      emailProblem(t, `${'x'.repeat(250)}@a.bc`),
      emailProblem(t, 'ann'),
      emailProblem(t, 'ann@shop.example'),
    ],
    [
      'a new password',
      await newPasswordProblem(t, ''),
      await newPasswordProblem(t, 'x'.repeat(201)),
      await newPasswordProblem(t, 'short'),
      await newPasswordProblem(t, 'long enough'),
    ],
  ])('%s: empty, too long and malformed have a sentence each', (_, empty, long, malformed, right) => {
    const sentences = [empty, long, malformed].filter((sentence) => sentence !== null);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(empty).not.toMatch(/\d/);
    expect(long).toMatch(/\d/);
    expect(right).toBe(null);
  });

  test('a common password is refused in words', async () => {
    expect(await newPasswordProblem(t, 'Password123!')).toBe(t('passwordCommon'));
  });

  test('an empty password is no failed attempt', async () => {
    const asked: string[] = [];
    const check = (outcome: 'right' | 'wrong' | 'limited') => async (entered: string) => {
      asked.push(entered);
      return outcome;
    };
    const empty = await passwordProblem(t, '', check('right'));
    expect([empty, asked]).toEqual([t('passwordEmpty'), []]);
    expect(await passwordProblem(t, 'x', check('wrong'))).toBe(t('passwordWrong'));
    expect(await passwordProblem(t, 'x', check('limited'))).toMatch(/\d/);
    expect(await passwordProblem(t, 'x', check('right'))).toBe(null);
  });
});

test('only the fields that have a problem are wrong', () => {
  expect(wrongFields({ name: null, email: 'x.' })).toEqual({ email: 'x.' });
  expect(wrongFields({ name: null })).toBe(null);
});
