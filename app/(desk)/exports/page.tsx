import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { SearchBlocked } from '@/components/search-blocked';
import { PageHeader } from '@/components/ui/page-header';
import { ofLastMonth, pagePath, queryOf } from '@/lib/exports/address';
import { exportableViews, permitted, readAsked } from '@/lib/exports/ask';
import { fittedTo, withDialect } from '@/lib/exports/request';
import { listProjectChoices } from '@/lib/projects/choices';
import { hasBlank, type Params } from '@/lib/query-string';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { ApplyingForm } from './applying-form';
import { ExportFields } from './export-fields';
import { Problems } from './problems';
import { SavedExports } from './saved-exports';
import { Summary } from './summary';
import { SummarySkeleton } from './summary-skeleton';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('exports'))('title') };
}

interface ExportsPageProps {
  readonly searchParams: Promise<Params>;
}

/** What a file would hold, before it is downloaded. Without an address of its own it is last month's money. */
export default async function ExportsPage({ searchParams }: ExportsPageProps): Promise<ReactElement> {
  const access = await requireRight('exportFiles');
  const [{ view: wanted, ...params }, zone, projects, locale, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    getLocale(),
    getTranslations('exports'),
  ]);
  const now = new Date();
  if (wanted === undefined && Object.keys(params).length === 0) {
    redirect(pagePath('invoices', ofLastMonth(new URLSearchParams(), zone, now)));
  }
  const views = exportableViews(access);
  const view = views.find((one) => one === wanted) ?? 'invoices';
  const { request: wantedFile, problems } = readAsked(
    view,
    withDialect(fittedTo(view, params), locale),
    zone,
    projects,
  );
  const query = queryOf(wantedFile, zone);
  if (problems.length === 0 && hasBlank(params)) redirect(pagePath(view, query));
  const request = await permitted(access, wantedFile);
  const waiting = <SummarySkeleton label={t('loading')} />;
  const unknownView = wanted === undefined || view === wanted ? [] : [{ code: 'view', value: String(wanted) }];
  return (
    <>
      <PageHeader note={t('note')} title={t('title')} />
      <Problems problems={[...unknownView, ...problems]} />
      <SearchBlocked filter={request.filters.invoices} zone={zone} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)] lg:grid-rows-[auto_1fr]">
        <ApplyingForm
          address={pagePath(view, query)}
          fields={
            <ExportFields access={access} now={now} projects={projects} request={request} views={views} zone={zone} />
          }
          summary={
            <Suspense fallback={waiting} key={query.toString() + view}>
              <Summary access={access} query={query} request={request} />
            </Suspense>
          }
          waiting={waiting}
        />
        <SavedExports access={access} now={now} query={query} view={view} zone={zone} />
      </div>
    </>
  );
}
