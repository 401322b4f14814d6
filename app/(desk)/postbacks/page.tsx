import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import { ListKeys } from '@/components/list-keys';
import { ListSkeleton } from '@/components/list-skeleton';
import { PanelSkeleton } from '@/components/panel-skeleton';
import { SearchBlocked } from '@/components/search-blocked';
import { SidePanel } from '@/components/side-panel';
import { PageHeader } from '@/components/ui/page-header';
import { COLUMN_SETS } from '@/lib/list-columns';
import { readLayout, readPanel, withColumns } from '@/lib/list-layout';
import { withFound } from '@/lib/postbacks/log';
import { type LogFilter, logHref, readLogFilter } from '@/lib/postbacks/log-filter';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { requireRight } from '@/lib/staff/guard';
import { rememberedLists } from '@/lib/staff/list-memory';
import { getTimeZone } from '@/lib/staff/queries';
import { ExportButton } from '../export-button';
import { PostbackFilters } from './postback-filters';
import { PostbackPanel } from './postback-panel';
import { PostbackResults } from './postback-results';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('postbacks');
  return { title: t('title') };
}

export default async function PostbacksPage({
  searchParams,
}: {
  readonly searchParams: Promise<Params>;
}): Promise<ReactElement> {
  const access = await requireRight('seePostbacks');
  const [params, zone, projects, remembered, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    rememberedLists(),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter: asked, notices } = readLogFilter(params, scope);
  const filter = await withFound(access, asked);
  const { layout, notices: badColumns } = readLayout(params, remembered, COLUMN_SETS.postbacks);
  const { panel, notices: badPanel } = readPanel(params);
  const bare = logHref(filter, zone, { after: filter.after });
  const address = withColumns(bare, layout.given);
  const bad = [...notices, ...badColumns, ...badPanel];
  if (bad.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const hrefOf = (change: Partial<LogFilter>): string => withColumns(logHref(filter, zone, change), layout.given);
  const clock = { now, zone: filter.tz };
  return (
    <>
      <PageHeader
        actions={<ExportButton access={access} list={bare} view="postbacks" />}
        note={t('postbacks.note')}
        title={t('postbacks.title')}
      />
      <BadValues notices={bad} />
      <SearchBlocked filter={filter} zone={zone} />
      {projects.length > 0 ? <PostbackFilters {...{ filter, layout, zone, now, projects, hrefOf, bare }} /> : null}
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <PostbackResults {...{ access, filter, layout, now, projects, panel, hrefOf }} />
      </Suspense>
      {panel ? (
        <SidePanel close={address} full={`/postbacks/${panel}`} id={panel} label={t('postbacks.panel')}>
          <Suspense fallback={<PanelSkeleton label={t('lists.panel.loading')} />} key={panel}>
            <PostbackPanel access={access} clock={clock} id={panel} />
          </Suspense>
        </SidePanel>
      ) : null}
      <ListKeys copied={t('copy.copied')} />
    </>
  );
}
