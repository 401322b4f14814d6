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
import { type InvoiceFilter, invoicesHref, readInvoiceFilter } from '@/lib/invoices/filter';
import { COLUMN_SETS } from '@/lib/list-columns';
import { readLayout, readPanel, withColumns } from '@/lib/list-layout';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { withHits } from '@/lib/search/condition';
import { may } from '@/lib/staff/access';
import { rememberedLists } from '@/lib/staff/list-memory';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { ExportButton } from '../export-button';
import { InvoiceFilters } from './invoice-filters';
import { InvoicePanel } from './invoice-panel';
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
  const [params, zone, projects, remembered, t] = await Promise.all([
    searchParams,
    getTimeZone(),
    listProjectChoices(access),
    rememberedLists(),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter: asked, notices } = readInvoiceFilter(params, scope);
  const filter = await withHits(access, asked);
  const { layout, notices: badColumns } = readLayout(params, remembered, COLUMN_SETS.invoices);
  const { panel, notices: badPanel } = readPanel(params);
  const bare = invoicesHref(filter, zone, { after: filter.after });
  const address = withColumns(bare, layout.given);
  const bad = [...notices, ...badColumns, ...badPanel];
  if (bad.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const hrefOf = (change: Partial<InvoiceFilter>): string =>
    withColumns(invoicesHref(filter, zone, change), layout.given);
  const without = may(access, 'seePeople') ? [] : ['customer'];
  const clock = { now, zone: filter.tz };
  return (
    <>
      <PageHeader
        actions={<ExportButton access={access} list={bare} view="invoice_list" />}
        title={t('invoices.title')}
      />
      <BadValues notices={bad} />
      <SearchBlocked filter={filter} zone={zone} />
      {projects.length > 0 ? (
        <InvoiceFilters {...{ filter, layout, zone, now, projects, hrefOf, bare, without }} />
      ) : null}
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <InvoiceResults {...{ access, filter, layout, now, projects, panel, hrefOf }} />
      </Suspense>
      {panel ? (
        <SidePanel close={address} full={`/invoices/${panel}`} id={panel} label={t('invoices.panel')}>
          <Suspense fallback={<PanelSkeleton label={t('lists.panel.loading')} />} key={panel}>
            <InvoicePanel access={access} clock={clock} id={panel} />
          </Suspense>
        </SidePanel>
      ) : null}
      <ListKeys copied={t('copy.copied')} />
    </>
  );
}
