import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import { ListSkeleton } from '@/components/list-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { invoicesHref, readInvoiceFilter } from '@/lib/invoices/filter';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { ExportButton } from '../export-button';
import { InvoiceFilters } from './invoice-filters';
import { InvoiceResults } from './invoice-results';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invoices');
  return { title: t('title') };
}

export default async function InvoicesPage({
  searchParams,
}: {
  readonly searchParams: Promise<Params>;
}): Promise<ReactElement> {
  const access = await requireStaff();
  const [params, zone, projects, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    getTranslations('invoices'),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter, notices } = readInvoiceFilter(params, scope);
  const address = invoicesHref(filter, zone, { after: filter.after });
  if (notices.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  return (
    <>
      <PageHeader actions={<ExportButton access={access} list={address} view="invoices" />} title={t('title')} />
      <BadValues notices={notices} />
      {projects.length > 0 ? <InvoiceFilters filter={filter} now={now} projects={projects} zone={zone} /> : null}
      <Suspense fallback={<ListSkeleton label={t('loading')} />} key={address}>
        <InvoiceResults access={access} filter={filter} now={now} projects={projects} zone={zone} />
      </Suspense>
    </>
  );
}
