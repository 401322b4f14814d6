import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { FilterForm } from '@/components/filter-form';
import { PeriodChips } from '@/components/period-chips';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { type InvoiceFilter, invoicesHref, isFiltered, TEST_CHOICES } from '@/lib/invoices/filter';
import type { ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';

interface InvoiceFiltersProps {
  readonly filter: InvoiceFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
}

const TEST_WORD = { include: 'testInclude', only: 'testOnly', exclude: 'testExclude' } as const;

export function InvoiceFilters({ filter, zone, now, projects }: InvoiceFiltersProps): ReactElement {
  const t = useTranslations('invoices.filter');
  const present = new Set(projects.map(({ provider }) => provider));
  const { min, max, test, status, tz } = filter;
  const kept = [...status.map((word) => ['status', word] as const), ...(tz === zone ? [] : [['tz', tz] as const])];
  return (
    <div className="mb-3 space-y-2">
      <FilterForm
        action="/invoices"
        clear={isFiltered(filter) ? '/invoices' : null}
        filter={filter}
        kept={kept}
        open={Boolean(min || max || test !== 'include')}
        projects={projects.map(({ id, name }) => ({ value: id, label: name }))}
        providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
        searchLabel={t('searchHint')}
      >
        <Field label={t('min')} name="min">
          {(control) => <Input {...control} defaultValue={min ?? ''} inputMode="decimal" />}
        </Field>
        <Field label={t('max')} name="max">
          {(control) => <Input {...control} defaultValue={max ?? ''} inputMode="decimal" />}
        </Field>
        <Field label={t('test')} name="test">
          {(control) => (
            <Select {...control} defaultValue={test === 'include' ? '' : test}>
              {TEST_CHOICES.map((choice) => (
                <option key={choice} value={choice === 'include' ? '' : choice}>
                  {t(TEST_WORD[choice])}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </FilterForm>
      <PeriodChips filter={filter} hrefOf={(dates) => invoicesHref(filter, zone, dates)} now={now} />
    </div>
  );
}
