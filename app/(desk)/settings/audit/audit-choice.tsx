import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { FilterSelect } from '@/app/(desk)/lists/list-filters';
import { type AuditFilter, COMMAND_LINE } from '@/lib/audit/audit-list';
import type { AuditChoices } from '@/lib/audit/queries';
import { visible } from '@/lib/visible';
import { actWords } from './act-words';

interface AuditChoiceProps {
  readonly filter: AuditFilter;
  readonly choices: AuditChoices;
}

/** Whose acts, and which. */
export function AuditChoice({ filter, choices }: AuditChoiceProps): ReactElement {
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
    <>
      <FilterSelect label={t('audit.column.who')} name="who" options={actors} value={filter.who} />
      <FilterSelect
        label={t('audit.column.action')}
        name="action"
        options={actions.toSorted((one, other) => one.label.localeCompare(other.label))}
        value={filter.action[0] ?? null}
      />
    </>
  );
}
