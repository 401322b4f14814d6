import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { AmountAndTest } from '@/components/amount-and-test';
import { FilterForm } from '@/components/filter-form';
import { keptOf } from '@/components/kept-fields';
import { PeriodMenu } from '@/components/period-menu';
import { SortMenu } from '@/components/sort-menu';
import { ViewMenu } from '@/components/view-menu';
import { type InvoiceFilter, isFiltered } from '@/lib/invoices/filter';
import { type Layout, withColumns } from '@/lib/list-layout';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { SORTS } from '@/lib/sort';
import { chooseLists } from '../list-actions';

interface InvoiceFiltersProps {
  readonly filter: InvoiceFilter;
  readonly layout: Layout;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  /** This list without its columns. */
  readonly bare: string;
  /** Columns that are not for this person. */
  readonly without?: readonly string[];
  readonly hrefOf: (change: Partial<InvoiceFilter>) => string;
}

export function InvoiceFilters(props: InvoiceFiltersProps): ReactElement {
  const { filter, layout, zone, now, projects, hrefOf, bare, without = [] } = props;
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
        projects={offeredProjects(projects, filter.project).map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('searchHint')}
      >
        <AmountAndTest max={max} min={min} test={test} />
      </FilterForm>
      <PeriodMenu filter={filter} hrefOf={hrefOf} now={now}>
        <SortMenu hrefOf={(other) => hrefOf({ sort: other, after: null })} sort={sort} sorts={SORTS} />
        <ViewMenu action={chooseLists} here={bare} layout={layout} view="invoices" without={without} />
      </PeriodMenu>
    </div>
  );
}
