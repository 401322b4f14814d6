import { headers } from 'next/headers';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListBar } from '@/components/list-bar';
import { ListTable } from '@/components/list-table';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { WordChips } from '@/components/word-chips';
import type { Page } from '@/lib/cursor';
import { type Layout, withPanel } from '@/lib/list-layout';
import { countLog, type LogRow, listLog } from '@/lib/postbacks/log';
import { isFiltered, type LogFilter } from '@/lib/postbacks/log-filter';
import { KEPT_OUTCOMES } from '@/lib/postbacks/outcome';
import { listCounters } from '@/lib/postbacks/queries';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';
import { useLogColumns } from './columns';
import { Counters } from './counters';

interface PostbackResultsProps {
  readonly access: Access;
  readonly filter: LogFilter;
  readonly layout: Layout;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
  readonly panel: string | null;
  /** The address of this list with something else chosen. */
  readonly hrefOf: (change: Partial<LogFilter>) => string;
}

const WEEK_MS = 7 * 86_400_000;

export async function PostbackResults(props: PostbackResultsProps): Promise<ReactElement> {
  const { access, filter, now, projects, hrefOf } = props;
  const [page, counts, counters, t] = await Promise.all([
    listLog(access, filter),
    countLog(access, filter),
    listCounters(access, new Date(now.getTime() - WEEK_MS)),
    getTranslations(),
  ]);
  const counted = <Counters counters={counters} now={now} zone={filter.tz} />;
  if (page.rows.length === 0 && !isFiltered(filter) && !filter.after) {
    return (
      <div className="grid gap-4">
        <NothingYet
          manage={may(access, 'manageProjects')}
          test={may(access, 'sendTestPostback')}
          text={t('postbacks.empty.yet')}
          title={t('postbacks.empty.yetTitle')}
          urls={notificationUrls(projects, await headers())}
        />
        {counted}
      </div>
    );
  }
  return (
    <>
      <ListBar
        chips={
          <WordChips
            chosen={filter.outcome}
            counts={counts}
            hrefOf={(outcome) => hrefOf({ outcome })}
            label={t('postbacks.list.outcome')}
            wordOf={(outcome) => t(`postbacks.outcome.${outcome}`)}
            words={KEPT_OUTCOMES}
          />
        }
      />
      <Card padded={false}>{page.rows.length > 0 ? <Rows {...props} page={page} /> : <NothingFound />}</Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: t('lists.first') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: t('lists.next') } : null}
      />
      <div className="mt-6">{counted}</div>
    </>
  );
}

/** On a phone each row is two lines and its reason. */
const NARROW =
  'max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1 max-md:border-line-soft max-md:border-b max-md:py-2.5 max-md:last:border-b-0';

function Rows(props: PostbackResultsProps & { readonly page: Page<LogRow> }): ReactElement {
  const { filter, layout, now, panel, hrefOf, page } = props;
  const t = useTranslations('postbacks.list');
  const here = hrefOf({ after: filter.after });
  const columns = useLogColumns({
    clock: { now, zone: filter.tz },
    layout,
    panelOf: (id) => withPanel(here, id),
  });
  return (
    <ListTable columns={columns} label={t('label')} layout={layout} narrow={NARROW} open={panel} rows={page.rows} />
  );
}

function NothingFound(): ReactElement {
  const t = useTranslations();
  return (
    <EmptyState
      actions={<LinkButton href="/postbacks">{t('invoices.empty.clear')}</LinkButton>}
      icon="search"
      title={t('postbacks.empty.nothingTitle')}
    >
      {t('postbacks.empty.nothing')}
    </EmptyState>
  );
}
