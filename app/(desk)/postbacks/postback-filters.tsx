import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { TestField } from '@/components/amount-and-test';
import { FilterForm } from '@/components/filter-form';
import { keptOf } from '@/components/kept-fields';
import { PeriodMenu } from '@/components/period-menu';
import { type Layout, withColumns } from '@/lib/list-layout';
import { isFiltered, type LogFilter } from '@/lib/postbacks/log-filter';
import type { ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';

interface PostbackFiltersProps {
  readonly filter: LogFilter;
  readonly layout: Layout;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly hrefOf: (change: Partial<LogFilter>) => string;
}

export function PostbackFilters({ filter, layout, zone, now, projects, hrefOf }: PostbackFiltersProps): ReactElement {
  const t = useTranslations('invoices.filter');
  const present = new Set(projects.map(({ provider }) => provider));
  const { test, outcome, sort } = filter;
  return (
    <div className="mb-3 space-y-2">
      <FilterForm
        action="/postbacks"
        clear={isFiltered(filter) ? withColumns('/postbacks', layout.given) : null}
        dates={false}
        filter={filter}
        kept={keptOf({ filter, zone, layout, sort, words: ['outcome', outcome] })}
        open={test !== 'include'}
        projects={projects.map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('searchHint')}
      >
        <TestField test={test} />
      </FilterForm>
      <PeriodMenu filter={filter} hrefOf={hrefOf} now={now} />
    </div>
  );
}
