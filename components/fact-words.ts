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
  status_raw: [
    ...(['status_raw.success', 'status_raw.created', 'status_raw.precreated', 'status_raw.partial'] as const),
    ...(['status_raw.paid', 'status_raw.overpaid', 'status_raw.canceled', 'status_raw.processing'] as const),
    ...(['status_raw.holded', 'status_raw.hold_confirmed', 'status_raw.processing_hold_completion'] as const),
    ...(['status_raw.processing_void', 'status_raw.voided', 'status_raw.failed', 'status_raw.expired'] as const),
  ],
} as const;

/** What a fact says in the reader's language; null where it is a name, an id or a word that we do not know. */
export function factWords(t: Words, name: string, value: string): string | null {
  const vocabulary = Object.entries(VOCABULARY).find(([fact]) => fact === name)?.[1] ?? [];
  const known = vocabulary.find((key) => key.split('.')[1] === value.trim().toLowerCase());
  return known ? t(known) : null;
}
