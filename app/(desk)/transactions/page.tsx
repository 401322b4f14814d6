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
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { withHits } from '@/lib/search/condition';
import { rememberedLists } from '@/lib/staff/list-memory';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { readTransactionFilter, type TransactionFilter, transactionsHref } from '@/lib/transactions/filter';
import { findInvoiceOf } from '@/lib/transactions/queries';
import { ExportButton } from '../export-button';
import { MovementFilters } from './movement-filters';
import { MovementPanel } from './movement-panel';
import { MovementResults } from './movement-results';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('transactions');
  return { title: t('title') };
}

export default async function TransactionsPage({
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
  const { filter: asked, notices } = readTransactionFilter(params, scope);
  const filter = await withHits(access, asked);
  const { layout, notices: badColumns } = readLayout(params, remembered, COLUMN_SETS.transactions);
  const { panel, notices: badPanel } = readPanel(params);
  const bare = transactionsHref(filter, zone, { after: filter.after });
  const address = withColumns(bare, layout.given);
  const bad = [...notices, ...badColumns, ...badPanel];
  if (bad.length === 0 && hasBlank(params)) redirect(address);
  const now = new Date();
  const hrefOf = (change: Partial<TransactionFilter>): string =>
    withColumns(transactionsHref(filter, zone, change), layout.given);
  const invoiceId = panel && (await findInvoiceOf(access, panel));
  const clock = { now, zone: filter.tz };
  return (
    <>
      <PageHeader
        actions={<ExportButton access={access} list={bare} view="transactions" />}
        note={t('transactions.note')}
        title={t('transactions.title')}
      />
      <BadValues notices={bad} />
      <SearchBlocked filter={filter} zone={zone} />
      {projects.length > 0 ? <MovementFilters {...{ filter, layout, zone, now, projects, hrefOf, bare }} /> : null}
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />} key={address}>
        <MovementResults {...{ access, filter, layout, now, projects, panel, hrefOf }} />
      </Suspense>
      {panel ? (
        <SidePanel
          close={address}
          full={invoiceId && `/invoices/${invoiceId}`}
          id={panel}
          label={t('transactions.panel')}
        >
          <Suspense fallback={<PanelSkeleton label={t('lists.panel.loading')} />} key={panel}>
            <MovementPanel {...{ access, clock, id: panel, invoiceId }} />
          </Suspense>
        </SidePanel>
      ) : null}
      <ListKeys copied={t('copy.copied')} />
    </>
  );
}
