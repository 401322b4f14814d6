import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { reasonWords } from '@/components/postback-words';
import { refusalWords } from '@/components/refusal-words';
import { CONTRADICTIONS } from '@/lib/fold/state';
import { LANGUAGE_TAG, LANGUAGES } from '@/lib/language';
import { UNSUPPORTED_REASONS } from '@/lib/postbacks/unsupported';
import { PROVIDERS } from '@/lib/providers';
import { REFUSAL_REASONS, UNREADABLE_REASONS } from '@/lib/providers/provider';
import { readMessages } from './catalogue';

/** Beside the closed sets: a copy that may be a second transfer, and a required field that is of no use. */
const OTHERS = ['retry_or_second_transfer', 'missing', 'unreadable'] as const;
const REASONS = [...REFUSAL_REASONS, ...UNREADABLE_REASONS, ...UNSUPPORTED_REASONS, ...CONTRADICTIONS, ...OTHERS];

async function translator<Name extends string>(language: (typeof LANGUAGES)[number], namespace: Name) {
  const fail = (error: Error): never => {
    throw error;
  };
  const messages = await readMessages(language, true);
  return createTranslator({ locale: LANGUAGE_TAG[language], messages, namespace, onError: fail });
}

describe.each(LANGUAGES)('in %s', (language) => {
  test('every reason is explained for every provider: what happened, why, what next', async () => {
    const t = await translator(language, 'refusals');
    for (const { id, label } of PROVIDERS)
      for (const reason of REASONS) {
        const words = refusalWords(t, reason, { id, label });
        expect(words, reason).not.toBeNull();
        for (const sentence of Object.values(words ?? {})) {
          expect(sentence, reason).toMatch(/[.?]$/);
          expect(sentence, reason).not.toMatch(/[{}]|refusals\./);
        }
      }
  });

  test('the log has a short sentence for every reason', async () => {
    const t = await translator(language, 'postbacks');
    for (const reason of REASONS.filter((one) => one !== 'unreadable')) {
      const words = reasonWords(t, { outcome: 'refused', reason, reasonField: null });
      expect(words, reason).toMatch(/[.?]$/);
      expect(words).not.toContain(`: ${reason}.`);
    }
  });
});

test('who confuses the two keys is told so, and NovaPay’s merchant is not told of a SECRET KEY', async () => {
  const t = await translator('en', 'refusals');
  const trybit = refusalWords(t, 'token_wrong_key', { id: 'trybit', label: 'Trybit' });
  expect(trybit?.cause).toContain('API KEY pasted instead of the SECRET KEY?');
  expect(trybit?.step).toContain('Trybit’s cabinet');
  for (const reason of REASONS.filter((one) => !one.startsWith('token_') && one !== 'same_token'))
    expect(JSON.stringify(refusalWords(t, reason, { id: 'novapay', label: 'NovaPay' }))).not.toContain('SECRET KEY');
});

test('who uses API v1, whose JSON has no hashes either, is not told to choose JSON', async () => {
  const t = await translator('en', 'refusals');
  for (const reason of ['transfer_without_hash', 'retry_or_second_transfer']) {
    expect(refusalWords(t, reason, { id: 'cryptocloud', label: 'CryptoCloud' })?.step).toContain('choose JSON');
    const v1 = refusalWords(t, reason, { id: 'cryptocloud-v1', label: 'CryptoCloud API v1' });
    expect(v1?.step).toContain('API v1 sends no hashes');
    expect(v1?.step).not.toContain('choose JSON');
  }
});

test('a code without words is not explained, whatever it is called', async () => {
  const t = await translator('en', 'refusals');
  for (const code of ['brand_new', '', 'token_wrong_key.by', 'title', '__proto__', 'constructor'])
    expect(refusalWords(t, code, { id: 'trybit', label: 'Trybit' })).toBeNull();
});
