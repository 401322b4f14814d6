import { getTranslations } from 'next-intl/server';
import type { Provider } from '@/lib/providers/provider';

/** What is wrong with a pasted secret or key, as a sentence; null when it can be used. */
export async function credentialError(provider: Provider, entered: string): Promise<string | null> {
  const t = await getTranslations('credential.errors');
  if (entered.trim() === '') return t('empty');
  const reading = provider.readCredential(entered);
  return reading.ok ? null : t(reading.problem);
}
