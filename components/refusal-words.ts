import type { useTranslations } from 'next-intl';

type Words = ReturnType<typeof useTranslations<'refusals'>>;
type Key = Parameters<Words>[0];

export interface Refusal {
  readonly what: string;
  readonly cause: string;
  readonly step: string;
}

/** What is told of every reason, and may be told otherwise for one provider. */
const PARTS = ['what', 'cause', 'step'] as const;

/** Null for a code that nobody has explained: codes come from the database. */
export function refusalWords(
  t: Words,
  reason: string,
  provider: { readonly id: string; readonly label: string },
): Refusal | null {
  if (!/^\w+$/.test(reason) || !PARTS.every((part) => t.has(`${reason}.${part}` as Key))) return null;
  const say = (part: (typeof PARTS)[number]): string => {
    const own = `${reason}.by.${provider.id}.${part}` as Key;
    return t(t.has(own) ? own : (`${reason}.${part}` as Key), { provider: provider.label });
  };
  return { what: say('what'), cause: say('cause'), step: say('step') };
}
