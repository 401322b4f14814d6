import type { useTranslations } from 'next-intl';

type Words = ReturnType<typeof useTranslations<'invoices.factValue'>>;

/** Which facts have a vocabulary, and whose words they share. */
const VOCABULARY: Readonly<Partial<Record<string, 'method' | 'side' | 'type' | 'payment_type' | 'toggle'>>> = {
  method: 'method',
  fee_payer: 'side',
  aml_side: 'side',
  type: 'type',
  payment_type: 'payment_type',
  aml_enabled: 'toggle',
};

/** What a fact says in the reader's language; null where it is a name, an id or a word that we do not know. */
export function factWords(t: Words, name: string, value: string): string | null {
  const vocabulary = VOCABULARY[name];
  const word = value.trim().toLowerCase();
  const key = `${vocabulary}.${word}`;
  return vocabulary !== undefined && /^\w{1,40}$/.test(word) && t.has(key as 'toggle.true')
    ? t(key as 'toggle.true')
    : null;
}
