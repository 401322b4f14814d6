import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { FilterForm } from '@/components/filter-form';
import { PeriodChips } from '@/components/period-chips';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { DELIVERY_TEST_CHOICES, type DeliveryFilter, deliveriesHref, isFiltered } from '@/lib/deliveries/filter';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';

interface DeliveryFiltersProps {
  readonly filter: DeliveryFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
}

const TEST_WORD = { include: 'testInclude', only: 'testOnly', exclude: 'testExclude' } as const;

export function DeliveryFilters({ filter, zone, now, projects }: DeliveryFiltersProps): ReactElement {
  const t = useTranslations();
  const present = new Set(projects.map(({ provider }) => provider));
  const { test, status, view, tz } = filter;
  const kept = [
    ...(view === 'all' ? [] : [['view', view] as const]),
    ...status.map((word) => ['status', word] as const),
    ...(tz === zone ? [] : [['tz', tz] as const]),
  ];
  return (
    <div className="mb-3 space-y-2">
      <FilterForm
        action="/deliveries"
        clear={isFiltered(filter) ? (view === 'all' ? '/deliveries' : `/deliveries?view=${view}`) : null}
        filter={filter}
        kept={kept}
        open={test !== 'include'}
        projects={offeredProjects(projects, filter.project).map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('deliveries.list.search')}
      >
        <Field label={t('invoices.filter.test')} name="test">
          {(control) => (
            <Select {...control} defaultValue={test === 'include' ? '' : test}>
              {DELIVERY_TEST_CHOICES.map((choice) => (
                <option key={choice} value={choice === 'include' ? '' : choice}>
                  {t(`invoices.filter.${TEST_WORD[choice]}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </FilterForm>
      <PeriodChips filter={filter} hrefOf={(dates) => deliveriesHref(filter, zone, dates)} now={now} />
    </div>
  );
}
