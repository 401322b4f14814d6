import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Notice as BadValue } from '@/lib/query-string';
import { clip, visible } from '@/lib/visible';
import { Notice } from './ui/notice';

/** Says which parts of the address could not be used. */
export function BadValues({ notices }: { readonly notices: readonly BadValue[] }): ReactElement | null {
  const t = useTranslations('invoices.filter');
  if (notices.length === 0) return null;
  const fieldOf = (field: string): string => (t.has(`fields.${field}`) ? t(`fields.${field}`) : field);
  return (
    <div className="mb-4">
      <Notice tone="attention">
        {notices.slice(0, 8).map(({ field, value }) => (
          <p key={`${field} ${value}`}>{t('badValue', { field: fieldOf(field), value: visible(clip(value, 60)) })}</p>
        ))}
      </Notice>
    </div>
  );
}
