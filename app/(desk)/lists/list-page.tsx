import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, type ReactNode, Suspense } from 'react';
import { ExportButton } from '@/app/(desk)/export-button';
import { BadValues } from '@/components/bad-values';
import type { Clock } from '@/components/clock-props';
import { ListKeys } from '@/components/list-keys';
import { ListSkeleton } from '@/components/list-skeleton';
import { PanelSkeleton } from '@/components/panel-skeleton';
import { SearchBlocked } from '@/components/search-blocked';
import { SidePanel } from '@/components/side-panel';
import { PageHeader } from '@/components/ui/page-header';
import type { ViewId } from '@/lib/exports/view-names';
import type { List, ListName, Sorted } from '@/lib/lists/define-list';
import { readLayout, readPanel, withColumns } from '@/lib/lists/layout';
import { listProjectChoices } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import { hasBlank, type Params } from '@/lib/query-string';
import { type Access, may } from '@/lib/staff/access';
import { rememberedLists } from '@/lib/staff/list-memory';
import { getTimeZone } from '@/lib/staff/queries';
import { ListFilters } from './list-filters';
import type { ListView } from './list-view';

export interface ListPageProps {
  readonly searchParams: Promise<Params>;
}

interface PanelOptions {
  /** The page of the same row, where there is one. */
  readonly pageOf: (access: Access, id: string) => Promise<string | null> | string | null;
  readonly content: (props: {
    readonly access: Access;
    readonly id: string;
    readonly clock: Clock;
  }) => Promise<ReactElement>;
}

interface ListPageOptions<Values, Filter extends Sorted & Values> {
  readonly list: List<Values>;
  readonly access: Access;
  readonly searchParams: Promise<Params>;
  readonly exportView: ViewId;
  /** Looks the text of the filter up, once for all that is asked with it. */
  readonly lookUp: (access: Access, filter: Sorted & Values) => Promise<Filter>;
  readonly results: (view: ListView<Values, Filter>) => Promise<ReactElement>;
  readonly panel?: PanelOptions;
  /** What stands above the title. */
  readonly top?: ReactNode;
  readonly note?: string;
  /** What stands between the title and the filters. */
  readonly tabs?: (view: ListView<Values, Filter>) => ReactNode;
  /** Controls of the list's own, beside the search. */
  readonly controls?: (view: ListView<Values, Filter>) => ReactNode;
}

export function listMetadata(name: ListName): () => Promise<Metadata> {
  return async () => ({ title: (await getTranslations())(`${name}.title`) });
}

/** The frame of every list: title, export, filters, rows and the panel beside them. */
export async function ListPage<Values, Filter extends Sorted & Values>(
  options: ListPageOptions<Values, Filter>,
): Promise<ReactElement> {
  const { list, access, exportView, lookUp, results: Results, panel: panelOptions, top, tabs, controls } = options;
  const [params, zone, projects, remembered, t] = await Promise.all([
    options.searchParams,
    getTimeZone(),
    listProjectChoices(access),
    rememberedLists(),
    getTranslations(),
  ]);
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  const { filter: read, notices } = list.read(params, scope);
  const { layout, notices: badColumns } = readLayout(params, remembered, list);
  const { panel, notices: badPanel } = readPanel(params);
  const filter = await lookUp(access, read);
  const address = list.href(filter, zone, { after: filter.after } as Partial<Sorted & Values>);
  const close = withColumns(address, layout.given);
  const bad = [...notices, ...badColumns, ...badPanel];
  if (bad.length === 0 && hasBlank(params)) redirect(close);
  const { people } = list.columns;
  const view: ListView<Values, Filter> = {
    ...{ list, access, filter, layout, zone, projects, panel },
    clock: { now: new Date(), zone: filter.tz },
    without: people && !may(access, 'seePeople') ? [people] : [],
    hrefOf: (change) => withColumns(list.href(filter, zone, change), layout.given),
  };
  const note = options.note ?? (t.has(`${list.name}.note`) ? t(`${list.name}.note`) : undefined);
  return (
    <>
      {top}
      <PageHeader
        actions={<ExportButton access={access} list={address} view={exportView} />}
        note={note}
        title={t(`${list.name}.title`)}
      />
      <BadValues notices={bad} />
      <SearchBlocked filter={filter} zone={zone} />
      {tabs?.(view)}
      {projects.length > 0 || controls ? (
        <ListFilters address={address} view={view}>
          {controls?.(view)}
        </ListFilters>
      ) : null}
      <Suspense fallback={<ListSkeleton label={t('lists.loading')} />} key={close}>
        <Results {...view} />
      </Suspense>
      {panel && panelOptions ? (
        <SidePanel
          close={close}
          full={await panelOptions.pageOf(access, panel)}
          id={panel}
          label={t(`${list.name}.panel`)}
        >
          <Suspense fallback={<PanelSkeleton label={t('lists.panel.loading')} />} key={panel}>
            <panelOptions.content access={access} clock={view.clock} id={panel} />
          </Suspense>
        </SidePanel>
      ) : null}
      <ListKeys copied={t('copy.copied')} />
    </>
  );
}
