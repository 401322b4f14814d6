import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { AmountAndTest } from '@/components/amount-and-test';
import { FilterForm } from '@/components/filter-form';
import { keptOf } from '@/components/kept-fields';
import { PeriodMenu } from '@/components/period-menu';
import { SortMenu } from '@/components/sort-menu';
import { ViewMenu } from '@/components/view-menu';
import { type Layout, withColumns } from '@/lib/list-layout';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { SORTS } from '@/lib/sort';
import { isFiltered, type TransactionFilter } from '@/lib/transactions/filter';
import { chooseLists } from '../list-actions';

interface MovementFiltersProps {
  readonly filter: TransactionFilter;
  readonly layout: Layout;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  /** This list without its columns. */
  readonly bare: string;
  /** Columns that are not for this person. */
  readonly without?: readonly string[];
  readonly hrefOf: (change: Partial<TransactionFilter>) => string;
}

export function MovementFilters(props: MovementFiltersProps): ReactElement {
  const { filter, layout, zone, now, projects, hrefOf, bare, without = [] } = props;
  const t = useTranslations('invoices.filter');
  const present = new Set(projects.map(({ provider }) => provider));
  const { min, max, test, kind, sort } = filter;
  return (
    <div className="mb-3 space-y-2">
      <FilterForm
        action="/transactions"
        clear={isFiltered(filter) ? withColumns('/transactions', layout.given) : null}
        dates={false}
        filter={filter}
        kept={keptOf({ filter, zone, layout, sort, words: ['kind', kind] })}
        open={Boolean(min || max || test !== 'include')}
        projects={offeredProjects(projects, filter.project).map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('searchHint')}
      >
        <AmountAndTest max={max} min={min} test={test} />
      </FilterForm>
      <PeriodMenu filter={filter} hrefOf={hrefOf} now={now}>
        <SortMenu hrefOf={(other) => hrefOf({ sort: other, after: null })} sort={sort} sorts={SORTS} />
        <ViewMenu action={chooseLists} here={bare} layout={layout} view="transactions" without={without} />
      </PeriodMenu>
    </div>
  );
}
