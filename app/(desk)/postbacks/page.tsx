import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import { FilterForm } from '@/components/filter-form';
import { ListSkeleton } from '@/components/list-skeleton';
import { PeriodChips } from '@/components/period-chips';
import { PageHeader } from '@/components/ui/page-header';
import { isFiltered, postbacksHref, readPostbackFilter } from '@/lib/postbacks/filter';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { ExportButton } from '../export-button';
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
  const [params, zone, projects, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter, notices } = readPostbackFilter(params, scope);
  const address = postbacksHref(filter, zone, { after: filter.after });
  if (notices.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const present = new Set(projects.map(({ provider }) => provider));
  const { outcome, tz } = filter;
  return (
    <>
      <PageHeader
        actions={<ExportButton access={access} list={address} view="postbacks" />}
        note={t('postbacks.note')}
        title={t('postbacks.title')}
      />
      <BadValues notices={notices} />
      <div className="mb-3 space-y-2">
        <FilterForm
          action="/postbacks"
          clear={isFiltered(filter) ? '/postbacks' : null}
          filter={filter}
          kept={[...outcome.map((word) => ['outcome', word] as const), ...(tz === zone ? [] : [['tz', tz] as const])]}
          open={false}
          projects={projects.map(({ id, name }) => ({ value: id, label: name }))}
          providers={PROVIDERS.filter(({ id }) => present.has(id)).map(({ id, label }) => ({ value: id, label }))}
          searchLabel={t('postbacks.list.search')}
        />
        <PeriodChips filter={filter} hrefOf={(dates) => postbacksHref(filter, zone, dates)} now={now} />
      </div>
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <PostbackResults access={access} filter={filter} now={now} projects={projects} zone={zone} />
      </Suspense>
    </>
  );
}
