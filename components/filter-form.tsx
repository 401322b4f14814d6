import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { ListFilter } from '@/lib/query-string';
import { AddressForm } from './address-form';
import { Menu } from './menu';
import { Button, LinkButton } from './ui/button';
import { Field } from './ui/field';
import { Icon } from './ui/icon';
import { Input, Select } from './ui/input';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FilterFormProps {
  readonly action: string;
  readonly filter: ListFilter;
  readonly searchLabel: string;
  readonly providers: readonly Option[];
  readonly projects: readonly Option[];
  /** What the form must carry along because links choose it. */
  readonly kept: readonly (readonly [name: string, value: string])[];
  /** Where "Clear" leads; null while nothing is set. */
  readonly clear: string | null;
  /** True when something among the further filters is set. */
  readonly open: boolean;
  /** False where the period is chosen elsewhere; it is then carried along. */
  readonly dates?: boolean;
  /** Further controls of this list. */
  readonly children?: ReactNode;
}

/**
 * A form that sends itself as an address, with or without script. A control begins anew only where its own value in the
 * address changed, so that what somebody chooses while an earlier choice is still loading stays.
 */
export function FilterForm(props: FilterFormProps): ReactElement {
  const { action, filter, searchLabel, providers, projects, kept, clear, open, dates = true, children } = props;
  // The menu closes once something in it was applied.
  const { q: _q, hits: _hits, provider: _provider, project: _project, after: _after, ...others } = filter;
  const further = JSON.stringify(others);
  const carried = dates ? kept : [...kept, ...periodOf(filter)];
  const t = useTranslations('invoices.filter');
  return (
    <AddressForm action={action}>
      {carried.map(([name, value]) => (
        <input key={`${name} ${value}`} name={name} type="hidden" value={value} />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative min-w-0 flex-1 basis-full sm:max-w-sm sm:basis-56">
          <Icon className="pointer-events-none absolute start-2.5 top-2.5 text-muted" name="search" />
          <Input
            aria-label={searchLabel}
            className="ps-8.5"
            defaultValue={filter.q}
            key={filter.q}
            maxLength={200}
            name="q"
            placeholder={searchLabel}
            type="search"
          />
        </div>
        <Choice label={t('provider')} name="provider" options={providers} value={filter.provider} />
        <Choice label={t('project')} name="project" options={projects} value={filter.project} />
        <Menu align="start" current={open} icon="filter" key={further} label={t('more')} tall>
          <div className="grid w-72 max-w-full gap-3 p-2">
            {dates ? <DateField label={t('from')} name="from" value={filter.from} /> : null}
            {dates ? <DateField label={t('to')} name="to" value={filter.to} /> : null}
            {children}
            <Button size="small" type="submit">
              {t('apply')}
            </Button>
          </div>
        </Menu>
        <Button type="submit">{t('apply')}</Button>
        {clear ? (
          <LinkButton href={clear} variant="quiet">
            <Icon name="x" size={14} />
            {t('clear')}
          </LinkButton>
        ) : null}
      </div>
    </AddressForm>
  );
}

function periodOf({ from, to }: ListFilter): readonly (readonly [string, string])[] {
  const dates = [['from', from] as const, ['to', to] as const];
  return dates.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function DateField({ label, name, value }: { label: string; name: string; value: string | null }): ReactElement {
  return (
    <Field label={label} name={name}>
      {(control) => <Input {...control} defaultValue={value ?? ''} type="date" />}
    </Field>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly value: string | null;
}

/** A choice of one or all; nothing to choose from is not shown. */
export function Choice({ label, name, options, value }: ChoiceProps): ReactElement | null {
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
