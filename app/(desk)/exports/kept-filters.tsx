import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { groupDigits } from '@/components/ui/digits';
import { Link } from '@/components/ui/link';
import { UntrustedText } from '@/components/untrusted-text';
import { pagePath, queryOf } from '@/lib/exports/address';
import { CARRIED, type ExportRequest } from '@/lib/exports/request';
import type { ViewId } from '@/lib/exports/view-names';
import { getProvider } from '@/lib/providers';
import { actWords } from '../settings/audit/act-words';

interface KeptFiltersProps {
  readonly request: ExportRequest;
  readonly zone: string;
}

/** Shows what a list was filtered by and the form has no control for: it stays, and can be dropped. */
export function KeptFilters({ request, zone }: KeptFiltersProps): ReactElement | null {
  const t = useTranslations('exports.form');
  const words = useTranslations();
  const locale = useLocale();
  const query = queryOf(request, zone);
  const kept = [...query].filter(([name]) => CARRIED.has(name));
  if (kept.length === 0) return null;
  const without = new URLSearchParams([...query].filter(([name]) => !CARRIED.has(name)));
  const filters = kept.map(([name, value]) => filterWords(words, locale, request.view, name, value)).join(' · ');
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} name={name} type="hidden" value={value} />
      ))}
      <p className="min-w-0 break-words text-muted">
        {t('kept')} <UntrustedText most={200} text={filters} />
      </p>
      <Link className="text-muted underline underline-offset-4 hover:text-ink" href={pagePath(request.view, without)}>
        {t('clear')}
      </Link>
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<never>>;

/** The messages that name the values of a parameter. */
const VALUES: Readonly<Partial<Record<string, string>>> = {
  status: 'invoices.status',
  kind: 'invoices.kind',
  outcome: 'postbacks.outcome',
  sort: 'lists.sort',
};

/** `status: Paid`, in the reader's words; names of columns are those of the file. */
function filterWords(t: Words, locale: string, view: ViewId, name: string, value: string): string {
  if (name === 'unresolved') return t('deliveries.view.unresolved');
  const label = t(`invoices.filter.fields.${name}`);
  const one = (text: string): string => {
    if (name === 'provider') return getProvider(text)?.label ?? text;
    if (name === 'action') return actWords(t, text);
    if (name === 'min' || name === 'max') return groupDigits(text, locale);
    const words = name === 'status' && view === 'deliveries' ? 'invoices.delivery' : VALUES[name];
    const key = `${words}.${text}`;
    return words !== undefined && /^[a-z_]{1,40}$/.test(text) && t.has(key) ? t(key) : text;
  };
  return `${label}: ${name === 'q' ? value : value.split(',').map(one).join(', ')}`;
}
