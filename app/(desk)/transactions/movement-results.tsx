import { headers } from 'next/headers';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListBar } from '@/components/list-bar';
import { ListTable } from '@/components/list-table';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { ReceivedTotals } from '@/components/received-totals';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { WordChips } from '@/components/word-chips';
import type { Page } from '@/lib/cursor';
import { type Layout, withPanel } from '@/lib/list-layout';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';
import { isFiltered, type TransactionFilter } from '@/lib/transactions/filter';
import { countKinds, hasMovements, listMovements, type MovementRow } from '@/lib/transactions/queries';
import { TRANSACTION_KINDS } from '@/lib/transactions/status';
import { sumMovements, type Total } from '@/lib/transactions/totals';
import { useMovementColumns } from './columns';

interface MovementResultsProps {
  readonly access: Access;
  readonly filter: TransactionFilter;
  readonly layout: Layout;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly panel: string | null;
  /** The address of this list with something else chosen. */
  readonly hrefOf: (change: Partial<TransactionFilter>) => string;
}

/** Chips with counts, the rows, and one of the two empty screens. */
export async function MovementResults(props: MovementResultsProps): Promise<ReactElement> {
  const { access, filter, projects, hrefOf } = props;
  const [page, counts, ofPeriod, t] = await Promise.all([
    listMovements(access, filter),
    countKinds(access, filter),
    sumMovements(access, filter),
    getTranslations(),
  ]);
  if (page.rows.length === 0 && !isFiltered(filter) && !filter.after && !(await hasMovements(access))) {
    return (
      <NothingYet
        manage={may(access, 'manageProjects')}
        test={may(access, 'sendTestPostback')}
        text={t('transactions.empty.yet')}
        title={t('transactions.empty.yetTitle')}
        urls={notificationUrls(projects, await headers())}
      />
    );
  }
  return (
    <>
      <ListBar
        chips={
          <WordChips
            chosen={filter.kind}
            counts={counts}
            hrefOf={(kind) => hrefOf({ kind })}
            label={t('transactions.kind')}
            wordOf={(kind) => t(`invoices.kind.${kind}`)}
            words={TRANSACTION_KINDS}
          />
        }
        totals={<ReceivedTotals totals={ofPeriod ?? (await sumOfPage(access, filter, page))} />}
      />
      <Card padded={false}>{page.rows.length > 0 ? <Rows {...props} page={page} /> : <NothingFound />}</Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('lists.first') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: t('lists.next') } : null}
      />
    </>
  );
}

/** A list that is one page long is added up, whatever it is a list of. */
async function sumOfPage(
  access: Access,
  filter: TransactionFilter,
  { rows, next }: Page<MovementRow>,
): Promise<readonly Total[] | null> {
  if (next || filter.after) return null;
  return sumMovements(
    access,
    filter,
    rows.map(({ id }) => id),
  );
}

function Rows(props: MovementResultsProps & { readonly page: Page<MovementRow> }): ReactElement {
  const { filter, layout, now, panel, hrefOf, page } = props;
  const t = useTranslations('transactions');
  const here = hrefOf({ after: filter.after });
  const columns = useMovementColumns({
    clock: { now, zone: filter.tz },
    layout,
    panelOf: (id) => withPanel(here, id),
  });
  return (
    <ListTable
      columns={columns}
      label={t('label')}
      layout={layout}
      narrow="max-md:grid max-md:grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0"
      open={panel}
      rows={page.rows}
    />
  );
}

function NothingFound(): ReactElement {
  const t = useTranslations();
  return (
    <EmptyState
      actions={<LinkButton href="/transactions">{t('invoices.empty.clear')}</LinkButton>}
      icon="search"
      title={t('transactions.empty.nothingTitle')}
    >
      {t('transactions.empty.nothing')}
    </EmptyState>
  );
}
