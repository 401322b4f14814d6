import { getTranslations } from 'next-intl/server';
import { getProvider } from '@/lib/providers';

/** A provider's own name; one that is no longer registered keeps its id. */
export function providerLabel(id: string): string {
  return getProvider(id)?.label ?? id;
}

/** A live secret as staff may see it. */
export async function secretWords(): Promise<(providerId: string, hint: string) => string> {
  const t = await getTranslations('credential');
  return (providerId, hint) => t(`${getProvider(providerId)?.credential ?? 'secret'}.shown`, { hint });
}

export type Advice = 'about' | 'where' | 'credential';

/** What to do at a provider; a provider without words of its own gets those for any. */
export async function adviceWords(): Promise<(providerId: string, advice: Advice) => string> {
  const t = await getTranslations('providers');
  return (providerId, advice) => {
    const key = `${providerId}.${advice}`;
    return t(t.has(key) ? key : `other.${advice}`);
  };
}

/** What a sample shows; a new sample without words is called by its name. */
export async function sampleWords(): Promise<(name: string) => string> {
  const t = await getTranslations('samples');
  return (name) => (t.has(name) ? t(name) : name.replaceAll('-', ' '));
}
