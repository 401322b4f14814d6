import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { factWords } from '@/components/fact-words';
import { LANGUAGE_TAG, LANGUAGES } from '@/lib/language';
import { readMessages } from './catalogue';

describe.each(LANGUAGES)('facts in %s', async (language) => {
  const messages = await readMessages(language, true);
  const t = createTranslator({ locale: LANGUAGE_TAG[language], messages, namespace: 'invoices.factValue' });

  test.each([
    ...['card', 'apple_pay', 'google_pay', 'wallet', 'cash_on_delivery'].map((word) => ['method', word] as const),
    ...['client', 'merchant', 'Merchant'].flatMap((word) => [
      ['fee_payer', word] as const,
      ['aml_side', word] as const,
    ]),
    ...[['type', 'up'] as const, ['payment_type', 'crypto'] as const],
    ...['success', 'holded', 'hold_confirmed', 'processing_void', 'paid'].map((word) => ['status_raw', word] as const),
    ...['true', 'false', 'False'].map((word) => ['aml_enabled', word] as const),
  ])('%s %s has words of ours', (name, word) => {
    expect(factWords(t, name, word)).toMatch(/^\p{Lu}[^_]+$/u);
  });

  test.each([
    ['method', 'barter'],
    ['network', 'TRC20'],
    ['method', '__proto__'],
    ['__proto__', 'card'],
    ['method', 'constructor'],
    ['aml_enabled', 'toString'],
    ['project_name', 'card'],
    ['method', ''],
    ['method', 'side.client'],
  ])('%s %j stays as it was sent', (name, word) => {
    expect(factWords(t, name, word)).toBe(null);
  });
});
