import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Changes } from '@/lib/postbacks/changes';
import { changeWords } from './change-words';

/** What one postback changed in what is believed, a line each. */
export function ChangeList({
  changes,
  currency,
}: {
  readonly changes: Changes;
  readonly currency: string | null;
}): ReactElement | null {
  const t = useTranslations('invoices');
  const locale = useLocale();
  const lines = changeWords(t, changes, currency, locale);
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-ink text-sm">
      {lines.map((line) => (
        <li className="[overflow-wrap:anywhere]" key={line}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  );
}
