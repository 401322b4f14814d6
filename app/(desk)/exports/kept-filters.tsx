import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { pagePath, queryOf } from '@/lib/exports/address';
import type { ExportRequest } from '@/lib/exports/request';

/** What a list was filtered by and the form has no control for: it stays, and can be seen and dropped. */
const KEPT: ReadonlySet<string> = new Set([
  'q',
  'provider',
  'status',
  'kind',
  'unresolved',
  'outcome',
  'who',
  'action',
  'min',
  'max',
  'sort',
  'columns',
]);

interface KeptFiltersProps {
  readonly request: ExportRequest;
  readonly zone: string;
}

export function KeptFilters({ request, zone }: KeptFiltersProps): ReactElement | null {
  const t = useTranslations('exports.form');
  const query = queryOf(request, zone);
  const kept = [...query].filter(([name]) => KEPT.has(name));
  if (kept.length === 0) return null;
  const without = new URLSearchParams([...query].filter(([name]) => !KEPT.has(name)));
  const filters = kept.map(([name, value]) => `${name} = ${value}`).join(' · ');
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} name={name} type="hidden" value={value} />
      ))}
      <p className="min-w-0 break-words text-muted">
        {t('kept')} <Foreign most={200} text={filters} />
      </p>
      <Link
        className="text-muted underline underline-offset-4 hover:text-ink"
        href={pagePath(request.view, without)}
        prefetch={false}
      >
        {t('clear')}
      </Link>
    </div>
  );
}
