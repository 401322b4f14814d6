import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { AddressForm } from '@/components/address-form';
import { Choice } from '@/components/filter-form';
import { PeriodMenu } from '@/components/period-menu';
import { SortMenu } from '@/components/sort-menu';
import { Button, LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { AUDIT_PATH, type AuditFilter, COMMAND_LINE, isFiltered } from '@/lib/audit/filter';
import type { AuditChoices } from '@/lib/audit/queries';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { TIME_SORTS } from '@/lib/sort';
import { visible } from '@/lib/visible';
import { actWords } from './act-words';

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly choices: AuditChoices;
  readonly hrefOf: (change: Partial<AuditFilter>) => string;
}

/** A form that sends itself as an address, with or without script; each control keeps what is chosen while others load. */
export function AuditFilters(props: AuditFiltersProps): ReactElement {
  const { filter, zone, now, projects, choices, hrefOf } = props;
  const t = useTranslations();
  const actions = [...new Set([...choices.actions, ...filter.action])].map((action) => ({
    value: action,
    label: actWords(t, action),
  }));
  const actors = [
    ...choices.actors.map(({ id, name }) => ({ value: id, label: visible(name) })),
    ...(choices.commandLine ? [{ value: COMMAND_LINE, label: t('audit.commandLine') }] : []),
  ];
  return (
    <div className="mb-3 space-y-2">
      <AddressForm action={AUDIT_PATH}>
        {keptOf(filter, zone).map(([name, value]) => (
          <input key={name} name={name} type="hidden" value={value} />
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-52">
            <Icon className="pointer-events-none absolute start-2.5 top-2.5 text-muted" name="search" />
            <Input
              aria-label={t('audit.search')}
              className="ps-8.5"
              defaultValue={filter.q}
              key={filter.q}
              maxLength={200}
              name="q"
              placeholder={t('audit.search')}
              type="search"
            />
          </div>
          <Choice label={t('audit.column.who')} name="who" options={actors} value={filter.who} />
          <Choice
            label={t('audit.column.action')}
            name="action"
            options={actions.toSorted((one, other) => one.label.localeCompare(other.label))}
            value={filter.action[0] ?? null}
          />
          <Choice
            label={t('audit.column.project')}
            name="project"
            options={offeredProjects(projects, filter.project).map(({ id, name }) => ({
              value: id,
              label: visible(name),
            }))}
            value={filter.project}
          />
          <Button type="submit">{t('invoices.filter.apply')}</Button>
          {isFiltered(filter) ? (
            <LinkButton href={AUDIT_PATH} variant="quiet">
              <Icon name="x" size={14} />
              {t('invoices.filter.clear')}
            </LinkButton>
          ) : null}
        </div>
      </AddressForm>
      <PeriodMenu filter={filter} hrefOf={hrefOf} now={now}>
        <SortMenu hrefOf={(sort) => hrefOf({ sort })} sort={filter.sort} sorts={TIME_SORTS} />
      </PeriodMenu>
    </div>
  );
}

/** What links and menus choose. */
function keptOf({ from, to, tz, sort }: AuditFilter, zone: string): readonly (readonly [string, string])[] {
  const kept = [['from', from] as const, ['to', to] as const, ['tz', tz === zone ? null : tz] as const];
  const order = sort === 'newest' ? [] : [['sort', sort] as const];
  return [...kept.flatMap(([name, value]) => (value ? [[name, value] as const] : [])), ...order];
}
