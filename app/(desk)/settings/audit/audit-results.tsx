import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListTable } from '@/components/list-table';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { AUDIT_PATH, type AuditFilter, isFiltered } from '@/lib/audit/filter';
import { type ActRow, listActs } from '@/lib/audit/queries';
import type { Page } from '@/lib/cursor';
import { type Layout, withPanel } from '@/lib/list-layout';
import { recordLookups } from '@/lib/search/people-quota';
import type { Access } from '@/lib/staff/access';
import { useActColumns } from './columns';

interface AuditResultsProps {
  readonly access: Access;
  readonly filter: AuditFilter;
  readonly layout: Layout;
  readonly now: Date;
  readonly panel: string | null;
  /** The address of this list with something else chosen. */
  readonly hrefOf: (change: Partial<AuditFilter>) => string;
}

export async function AuditResults(props: AuditResultsProps): Promise<ReactElement> {
  const { access, filter, hrefOf } = props;
  await recordLookups();
  const [page, t] = await Promise.all([listActs(access, filter), getTranslations('lists')]);
  return (
    <>
      <Card padded={false}>
        {page.rows.length > 0 ? <Rows {...props} page={page} /> : <Nothing filtered={isFiltered(filter)} />}
      </Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('first') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: t('next') } : null}
      />
    </>
  );
}

/** On a phone who and when stand above what was done. */
const NARROW =
  'max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';

function Rows(props: AuditResultsProps & { readonly page: Page<ActRow> }): ReactElement {
  const { filter, layout, now, panel, hrefOf, page } = props;
  const t = useTranslations('audit');
  const here = hrefOf({ after: filter.after });
  const clock = { now, zone: filter.tz };
  const columns = useActColumns({ clock, layout, panelOf: (id) => withPanel(here, id) });
  return (
    <ListTable columns={columns} label={t('list')} layout={layout} narrow={NARROW} open={panel} rows={page.rows} />
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }): ReactElement {
  const t = useTranslations();
  if (!filtered) {
    return (
      <EmptyState icon="clock" title={t('audit.empty.yetTitle')}>
        {t('audit.empty.yet')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      actions={<LinkButton href={AUDIT_PATH}>{t('invoices.empty.clear')}</LinkButton>}
      icon="search"
      title={t('audit.empty.nothingTitle')}
    >
      {t('audit.empty.nothing')}
    </EmptyState>
  );
}
