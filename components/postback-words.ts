import type { useTranslations } from 'next-intl';

type Words = ReturnType<typeof useTranslations<'postbacks'>>;

interface Reasoned {
  readonly outcome: string;
  readonly reason: string | null;
  readonly reasonField: string | null;
}

/** Why a postback ended as it did, and what to do; null where there is nothing to say. */
export function reasonWords(t: Words, { outcome, reason, reasonField }: Reasoned): string | null {
  if (outcome === 'incomplete') return t('required', { field: reasonField ?? '' });
  if (reason === null) return null;
  const key = `reason.${reason}`;
  return has(t, key) ? t(key) : t('reason.other', { code: reason });
}

/** Something staff should know although the postback was taken. */
export function flagWords(t: Words, code: string): string {
  const key = `flag.${code}`;
  return has(t, key) ? t(key) : t('flag.other', { code });
}

type Key = Parameters<Words>[0];

/** Codes come from the database: one without a sentence is shown as it is. */
function has(t: Words, key: string): key is Key {
  return t.has(key as Key);
}
