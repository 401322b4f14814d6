import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Notice } from '@/components/ui/notice';
import type { Problem } from '@/lib/exports/request';
import { visible } from '@/lib/visible';

/** The sentences that a script would get instead of the file. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }): ReactElement | null {
  const t = useTranslations('exports.problem');
  if (problems.length === 0) return null;
  return (
    <div className="mb-4">
      <Notice tone="attention">
        {problems.slice(0, 8).map(({ code, value }) => {
          const shown = visible(value);
          return (
            <p key={`${code} ${value}`}>
              {t.has(code) ? t(code, { value: shown }) : t('other', { field: code, value: shown })}
            </p>
          );
        })}
      </Notice>
    </div>
  );
}
