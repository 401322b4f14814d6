import { headers } from 'next/headers';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { FirstUse } from '@/components/first-use';
import { ListBar } from '@/components/list-bar';
import { type Column, ListTable } from '@/components/list-table';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { Page } from '@/lib/cursor';
import type { Sorted } from '@/lib/lists/define-list';
import { type Layout, withPanel } from '@/lib/lists/layout';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { may } from '@/lib/staff/access';
import type { ListView } from './list-view';

/** What the columns of a list need to draw a row. */
export interface ColumnContext {
  readonly clock: Clock;
  readonly layout: Layout;
  /** The address of the list with this row open beside it. */
  readonly panelOf: (id: string) => string;
}

interface ListResultsProps<Values, Filter extends Sorted & Values, Row> {
  readonly view: ListView<Values, Filter>;
  readonly page: Page<Row>;
  readonly useColumns: (context: ColumnContext) => readonly Column<Row>[];
  readonly chips?: ReactNode;
  readonly totals?: ReactNode;
  /** Whether there is nothing at all, filtered or not; asked only where no row is shown. */
  readonly isFirstUse?: () => Promise<boolean>;
  /** The projects that can fill this list; all, unless given. */
  readonly sources?: readonly ProjectChoice[];
  readonly bottom?: ReactNode;
}

/** Chips with counts, the rows, and one of the two empty screens. */
export async function ListResults<Values, Filter extends Sorted & Values, Row extends { readonly id: string }>(
  props: ListResultsProps<Values, Filter, Row>,
): Promise<ReactElement> {
  const { view, page, chips, totals, isFirstUse, bottom } = props;
  const { list, filter, hrefOf } = view;
  const t = await getTranslations('lists');
  const isBare = page.rows.length === 0 && !list.isFiltered(filter) && !filter.after;
  if (isBare && isFirstUse && (await isFirstUse())) {
    return (
      <div className="grid gap-4">
        <ListFirstUse {...props} urls={notificationUrls(props.sources ?? view.projects, await headers())} />
        {bottom}
      </div>
    );
  }
  return (
    <>
      {chips || totals ? <ListBar chips={chips} totals={totals} /> : null}
      <Card padded={false}>{page.rows.length > 0 ? <Rows {...props} /> : <NothingFound {...props} />}</Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('first') } : null}
        older={page.next ? { href: hrefOf({ after: page.next } as Partial<Sorted & Values>), label: t('next') } : null}
      />
      {bottom ? <div className="mt-6">{bottom}</div> : null}
    </>
  );
}

/** On a phone each row is a few lines. */
const NARROW =
  'max-md:grid max-md:grid-cols-[minmax(6rem,1fr)_minmax(0,max-content)] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';

function Rows<Values, Filter extends Sorted & Values, Row extends { readonly id: string }>({
  view,
  page,
  useColumns,
}: ListResultsProps<Values, Filter, Row>): ReactElement {
  const { list, filter, layout, clock, panel, without, hrefOf } = view;
  const t = useTranslations();
  const here = hrefOf({ after: filter.after } as Partial<Sorted & Values>);
  const columns = useColumns({ clock, layout, panelOf: (id) => withPanel(here, id) });
  return (
    <ListTable
      columns={columns.filter(({ name }) => !without.includes(name))}
      label={t(`${list.name}.label`)}
      layout={layout}
      narrow={NARROW}
      open={panel}
      rows={page.rows}
    />
  );
}

interface ListFirstUseProps<Values, Filter extends Sorted & Values> {
  readonly view: ListView<Values, Filter>;
  readonly sources?: readonly ProjectChoice[];
  readonly urls: ReturnType<typeof notificationUrls>;
}

/** Nothing has come yet: the next step is to add a project, or to use its notification URL. */
function ListFirstUse<Values, Filter extends Sorted & Values>({
  view: { list, access, projects },
  sources,
  urls,
}: ListFirstUseProps<Values, Filter>): ReactElement {
  const t = useTranslations();
  const manage = may(access, 'manageProjects');
  const isOfOthers = sources !== undefined && projects.length > 0;
  return (
    <FirstUse
      manage={manage}
      noProject={
        isOfOthers
          ? {
              title: t(`${list.name}.empty.noProjectTitle`),
              text: t(`${list.name}.empty.${manage ? 'noProject' : 'noProjectStaff'}`),
            }
          : undefined
      }
      test={may(access, 'sendTestPostback')}
      text={t(`${list.name}.empty.yet`)}
      title={t(`${list.name}.empty.yetTitle`)}
      urls={urls}
    />
  );
}

function NothingFound<Values, Filter extends Sorted & Values>({
  view: { list, filter },
}: {
  readonly view: ListView<Values, Filter>;
}): ReactElement {
  const t = useTranslations();
  if (!list.isFiltered(filter) && !filter.after) {
    return (
      <EmptyState icon="clock" title={t(`${list.name}.empty.yetTitle`)}>
        {t(`${list.name}.empty.yet`)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      actions={<LinkButton href={list.clearedHref(filter)}>{t('invoices.empty.clear')}</LinkButton>}
      icon="search"
      title={t(`${list.name}.empty.nothingTitle`)}
    >
      {t(`${list.name}.empty.nothing`)}
    </EmptyState>
  );
}
