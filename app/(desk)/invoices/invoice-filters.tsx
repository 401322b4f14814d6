import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { AmountAndTest } from '@/components/amount-and-test';
import { FilterForm } from '@/components/filter-form';
import { keptOf } from '@/components/kept-fields';
import { PeriodMenu } from '@/components/period-menu';
import { type InvoiceFilter, isFiltered } from '@/lib/invoices/filter';
import { type Layout, withColumns } from '@/lib/list-layout';
import type { ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';

interface InvoiceFiltersProps {
  readonly filter: InvoiceFilter;
  readonly layout: Layout;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly hrefOf: (change: Partial<InvoiceFilter>) => string;
}

export function InvoiceFilters({ filter, layout, zone, now, projects, hrefOf }: InvoiceFiltersProps): ReactElement {
  const t = useTranslations('invoices.filter');
  const present = new Set(projects.map(({ provider }) => provider));
  const { min, max, test, status, sort } = filter;
  return (
    <div className="mb-3 space-y-2">
      <FilterForm
        action="/invoices"
        clear={isFiltered(filter) ? withColumns('/invoices', layout.given) : null}
        dates={false}
        filter={filter}
        kept={keptOf({ filter, zone, layout, sort, words: ['status', status] })}
        open={Boolean(min || max || test !== 'include')}
        projects={projects.map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('searchHint')}
      >
        <AmountAndTest max={max} min={min} test={test} />
      </FilterForm>
      <PeriodMenu filter={filter} hrefOf={hrefOf} now={now} />
    </div>
  );
}
