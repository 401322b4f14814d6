import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import { ListKeys } from '@/components/list-keys';
import { ListSkeleton } from '@/components/list-skeleton';
import { PanelSkeleton } from '@/components/panel-skeleton';
import { SidePanel } from '@/components/side-panel';
import { PageHeader } from '@/components/ui/page-header';
import { type AuditFilter, auditHref, readAuditFilter } from '@/lib/audit/filter';
import { listAuditChoices } from '@/lib/audit/queries';
import { readPanel } from '@/lib/list-layout';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { may } from '@/lib/staff/access';
import { requireRight } from '@/lib/staff/guard';
import { rememberedLists } from '@/lib/staff/list-memory';
import { getTimeZone } from '@/lib/staff/queries';
import { ExportButton } from '../../export-button';
import { SettingsTabs } from '../settings-tabs';
import { ActPanel } from './act-panel';
import { AuditFilters } from './audit-filters';
import { AuditResults } from './audit-results';
import { COLUMNS } from './columns';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

interface AuditPageProps {
  readonly searchParams: Promise<Params>;
}

export default async function AuditPage({ searchParams }: AuditPageProps): Promise<ReactElement> {
  const access = await requireRight('seeAudit');
  const [params, zone, projects, choices, { density, times }, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    listAuditChoices(access),
    rememberedLists(),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter, notices } = readAuditFilter(params, scope);
  const { panel, notices: badPanel } = readPanel(params);
  const hrefOf = (change: Partial<AuditFilter>): string => auditHref(filter, zone, change);
  const address = hrefOf({ after: filter.after });
  const bad = [...notices, ...badPanel];
  if (bad.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const clock = { now, zone: filter.tz };
  const layout = { density, times, columns: COLUMNS, chosen: false, given: [] };
  const note = may(access, 'seeAuditOfOthers') ? t('audit.note') : t('audit.noteOwn');
  return (
    <>
      <SettingsTabs access={access} current="audit" />
      <PageHeader
        actions={<ExportButton access={access} list={address} view="audit" />}
        note={note}
        title={t('audit.title')}
      />
      <BadValues notices={bad} />
      <AuditFilters {...{ filter, zone, now, projects, choices, hrefOf }} />
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <AuditResults {...{ access, filter, layout, now, panel, hrefOf }} />
      </Suspense>
      {panel ? (
        <SidePanel close={address} full={null} id={panel} label={t('audit.panel')}>
          <Suspense fallback={<PanelSkeleton label={t('lists.panel.loading')} />} key={panel}>
            <ActPanel access={access} clock={clock} id={panel} />
          </Suspense>
        </SidePanel>
      ) : null}
      <ListKeys copied={t('copy.copied')} />
    </>
  );
}
