import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { chooseLists } from '@/app/(desk)/list-actions';
import { AddressForm } from '@/components/address-form';
import { Menu } from '@/components/menu';
import { PeriodMenu } from '@/components/period-menu';
import { SortMenu } from '@/components/sort-menu';
import { Button, LinkButton } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input, Select } from '@/components/ui/input';
import { ViewMenu } from '@/components/view-menu';
import type { Sorted } from '@/lib/lists/define-list';
import { withColumns } from '@/lib/lists/layout';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { visible } from '@/lib/visible';
import type { ListView } from './list-view';

interface ListFiltersProps<Values, Filter extends Sorted & Values> {
  readonly view: ListView<Values, Filter>;
  /** This page of the list without its columns. */
  readonly address: string;
  /** Controls of the list's own; they stand in the place of the choice of the provider. */
  readonly children?: ReactNode;
}

/**
 * A form that sends itself as an address, with or without script. A control begins anew only where its own value in the
 * address changed, so that what somebody chooses while an earlier choice is still loading stays.
 */
export function ListFilters<Values, Filter extends Sorted & Values>(
  props: ListFiltersProps<Values, Filter>,
): ReactElement {
  const { view, address, children } = props;
  const { list, filter, layout, projects, without, clock, hrefOf } = view;
  const t = useTranslations();
  const search = t(t.has(`${list.name}.search`) ? `${list.name}.search` : 'invoices.filter.searchHint');
  const fields = list.filterNames.filter((name) => isField(list.filters[name].control));
  const own = list.filterNames.filter((name) => list.filters[name].control === 'own');
  const controls = new Set<string>(['q', 'project', ...fields, ...own, ...(children ? [] : ['provider'])]);
  const kept = [...new URL(hrefOf({}), 'http://here.invalid').searchParams].filter(([name]) => !controls.has(name));
  return (
    <div className="mb-3 space-y-2">
      <AddressForm action={list.path}>
        {kept.map(([name, value]) => (
          <input key={`${name} ${value}`} name={name} type="hidden" value={value} />
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <div className="relative min-w-0 flex-1 basis-full sm:max-w-sm sm:basis-56">
            <Icon className="pointer-events-none absolute start-2.5 top-2.5 text-muted" name="search" />
            <Input
              aria-label={search}
              className="ps-8.5"
              defaultValue={filter.q}
              key={filter.q}
              maxLength={200}
              name="q"
              placeholder={search}
              type="search"
            />
          </div>
          {children ?? (
            <FilterSelect
              label={t('invoices.filter.provider')}
              name="provider"
              options={providersOf(projects)}
              value={filter.provider}
            />
          )}
          <FilterSelect
            label={t('invoices.filter.project')}
            name="project"
            options={offeredProjects(projects, filter.project).map(({ id, name }) => ({
              value: id,
              label: visible(name),
            }))}
            value={filter.project}
          />
          {fields.length > 0 ? <MoreFilters fields={fields} view={view} /> : null}
          <Button type="submit">{t('invoices.filter.apply')}</Button>
          {list.isFiltered(filter) ? (
            <LinkButton href={withColumns(list.clearedHref(filter), layout.given)} variant="quiet">
              <Icon name="x" size={14} />
              {t('invoices.filter.clear')}
            </LinkButton>
          ) : null}
        </div>
      </AddressForm>
      <PeriodMenu filter={filter} hrefOf={(dates) => hrefOf(dates as Partial<Sorted & Values>)} now={clock.now}>
        {list.sorts.length > 1 ? (
          <SortMenu
            hrefOf={(sort) => hrefOf({ sort } as Partial<Sorted & Values>)}
            sort={filter.sort}
            sorts={list.sorts}
          />
        ) : null}
        <ViewMenu action={chooseLists} here={address} layout={layout} list={list} without={without} />
      </PeriodMenu>
    </div>
  );
}

function isField(control: string): boolean {
  return control === 'amount' || control === 'choice';
}

function providersOf(projects: readonly ProjectChoice[]): readonly Option[] {
  const present = new Set(projects.map(({ provider }) => provider));
  return PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }));
}

interface MoreFiltersProps<Values, Filter extends Sorted & Values> {
  readonly view: ListView<Values, Filter>;
  readonly fields: readonly (keyof Values & string)[];
}

/** The menu of the filters that are rarely used; it closes once something in it was applied. */
function MoreFilters<Values, Filter extends Sorted & Values>({
  view: { list, filter },
  fields,
}: MoreFiltersProps<Values, Filter>): ReactElement {
  const t = useTranslations('invoices.filter');
  const values: readonly { name: string; value: string; choices: readonly string[] | undefined }[] = fields.map(
    (name) => ({
      name,
      value: list.written(name, filter).join(),
      choices: list.filters[name].choices,
    }),
  );
  return (
    <Menu
      align="start"
      current={values.some(({ value }) => value !== '')}
      icon="filter"
      key={JSON.stringify(values)}
      label={t('more')}
      tall
    >
      <div className="grid w-72 max-w-full gap-3 p-2">
        {values.map(({ name, value, choices }) => (
          <Field key={name} label={t(`labels.${name}`)} name={name}>
            {(control) => {
              if (!choices) return <Input {...control} defaultValue={value} inputMode="decimal" />;
              return (
                <Select {...control} defaultValue={value}>
                  {choices.map((choice, nth) => (
                    <option key={choice} value={nth === 0 ? '' : choice}>
                      {t(`choices.${name}.${choice}`)}
                    </option>
                  ))}
                </Select>
              );
            }}
          </Field>
        ))}
        <Button size="small" type="submit">
          {t('apply')}
        </Button>
      </div>
    </Menu>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FilterSelectProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly value: string | null;
}

/** A choice of one or all; nothing to choose from is not shown. */
export function FilterSelect({ label, name, options, value }: FilterSelectProps): ReactElement | null {
  const t = useTranslations('invoices.filter');
  if (options.length < 2 && value === null) return null;
  return (
    <Select
      aria-label={label}
      className="w-auto! min-w-0 flex-1 basis-36 sm:max-w-44 sm:flex-none sm:basis-auto"
      defaultValue={value ?? ''}
      key={value ?? ''}
      name={name}
    >
      <option value="">{`${label}: ${t('any')}`}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
