import type { useTranslations } from 'next-intl';

type Words = ReturnType<typeof useTranslations<'invoices.factValue'>>;

const SIDES = ['side.client', 'side.merchant'] as const;

/** Those facts that have a vocabulary, and the words of it that we know. */
const VOCABULARY = {
  method: ['method.card', 'method.apple_pay', 'method.google_pay', 'method.wallet', 'method.cash_on_delivery'],
  fee_payer: SIDES,
  aml_side: SIDES,
  type: ['type.up'],
  payment_type: ['payment_type.crypto', 'payment_type.card'],
  aml_enabled: ['toggle.true', 'toggle.false'],
} as const;

/** What a fact says in the reader's language; null where it is a name, an id or a word that we do not know. */
export function factWords(t: Words, name: string, value: string): string | null {
  const vocabulary = Object.entries(VOCABULARY).find(([fact]) => fact === name)?.[1] ?? [];
  const known = vocabulary.find((key) => key.split('.')[1] === value.trim().toLowerCase());
  return known ? t(known) : null;
}
