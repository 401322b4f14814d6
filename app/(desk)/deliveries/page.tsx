import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import { ListSkeleton } from '@/components/list-skeleton';
import { SearchBlocked } from '@/components/search-blocked';
import { PageHeader } from '@/components/ui/page-header';
import { deliveriesHref, readDeliveryFilter } from '@/lib/deliveries/filter';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { withHits } from '@/lib/search/condition';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { ExportButton } from '../export-button';
import { DeliveryFilters } from './delivery-filters';
import { DeliveryResults } from './delivery-results';
import { QueueResults } from './queue-results';
import { ViewTabs } from './view-tabs';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries');
  return { title: t('title') };
}

export default async function DeliveriesPage({
  searchParams,
}: {
  readonly searchParams: Promise<Params>;
}): Promise<ReactElement> {
  const access = await requireStaff();
  const [params, zone, projects, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter: asked, notices } = readDeliveryFilter(params, scope);
  const filter = await withHits(access, asked);
  const address = deliveriesHref(filter, zone, { after: filter.after });
  if (notices.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const Results = filter.view === 'unresolved' ? QueueResults : DeliveryResults;
  return (
    <>
      <PageHeader
        actions={<ExportButton access={access} list={address} view="deliveries" />}
        note={t('deliveries.note')}
        title={t('deliveries.title')}
      />
      <BadValues notices={notices} />
      <SearchBlocked filter={filter} zone={zone} />
      <ViewTabs access={access} filter={filter} zone={zone} />
      {projects.length > 0 ? <DeliveryFilters filter={filter} now={now} projects={projects} zone={zone} /> : null}
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <Results access={access} filter={filter} now={now} projects={projects} zone={zone} />
      </Suspense>
    </>
  );
}
