import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { ColumnContext } from '@/app/(desk)/lists/list-results';
import type { Clock } from '@/components/clock-props';
import { type Column, TimeHead } from '@/components/list-table';
import { ListTime } from '@/components/list-time';
import { absoluteTime } from '@/components/ui/clock';
import { RowLink } from '@/components/ui/table';
import { UntrustedText } from '@/components/untrusted-text';
import type { ActRow } from '@/lib/audit/queries';
import type { Layout } from '@/lib/lists/layout';
import { CUT } from '../../invoices/columns';
import { actWords } from './act-words';
import { ObjectOf } from './object-of';

export function useActColumns({ clock, layout, panelOf }: ColumnContext): readonly Column<ActRow>[] {
  const t = useTranslations('audit.column');
  return [
    {
      name: 'time',
      head: <TimeHead clock={clock} layout={layout} />,
      narrow: 'max-md:col-start-2 max-md:row-start-1 max-md:text-end',
      cell: (row) => <TimeLink clock={clock} layout={layout} panel={panelOf(row.id)} row={row} />,
    },
    {
      name: 'who',
      head: t('who'),
      className: `min-w-44 md:w-1/4 max-md:min-w-0 ${CUT}`,
      narrow: 'max-md:col-start-1 max-md:row-start-1 max-md:max-w-none',
      cell: (row) => <Who row={row} />,
    },
    {
      name: 'what',
      head: t('what'),
      className: `min-w-48 md:w-1/2 max-md:min-w-0 ${CUT}`,
      narrow: 'max-md:col-span-2 max-md:row-start-2 max-md:max-w-none max-md:whitespace-normal',
      cell: (row) => <What row={row} />,
    },
    {
      name: 'project',
      head: t('project'),
      from: 'lg',
      className: `w-1/4 min-w-32 ${CUT}`,
      cell: ({ project }) => (project ? <UntrustedText most={60} text={project} /> : null),
    },
    {
      name: 'address',
      head: t('address'),
      from: 'xl',
      className: 'font-mono text-muted text-xs',
      cell: ({ address }) => address,
    },
  ];
}

export function Who({ row }: { readonly row: Pick<ActRow, 'name' | 'role' | 'staffId'> }): ReactElement {
  const t = useTranslations();
  if (row.staffId === null) return <span className="text-muted">{t('audit.commandLine')}</span>;
  if (row.name === null) return <span className="text-muted">{t('audit.unknown')}</span>;
  const role = row.role && t.has(`person.role.${row.role}`) ? t(`person.role.${row.role}`) : row.role;
  return (
    <>
      <UntrustedText className="font-medium" most={60} text={row.name} />
      {role ? <span className="ms-1.5 text-muted text-xs">{role}</span> : null}
    </>
  );
}

function What({ row: { action, object, subject } }: { readonly row: ActRow }): ReactElement {
  const t = useTranslations();
  return (
    <>
      {actWords(t, action)}
      {object ? (
        <span className="ms-1.5 text-muted">
          <ObjectOf action={action} object={object} subject={subject} />
        </span>
      ) : null}
    </>
  );
}

interface TimeLinkProps {
  readonly row: ActRow;
  readonly panel: string;
  readonly clock: Clock;
  readonly layout: Layout;
}

/** An act has no page but its panel, so the link leads there without a script as well. */
function TimeLink({ row, panel, clock, layout }: TimeLinkProps): ReactElement {
  const t = useTranslations('audit');
  const locale = useLocale();
  return (
    <RowLink
      aria-label={t('open', { time: absoluteTime(row.at, clock.zone, locale) })}
      className="font-normal!"
      data-panel={panel}
      data-row={row.id}
      href={panel}
    >
      <ListTime at={row.at} clock={clock} times={layout.times} />
    </RowLink>
  );
}
