import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Chips } from '@/components/chips';
import { NothingYet } from '@/components/nothing-yet';
import { Pager } from '@/components/pager';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { hasPostbacks } from '@/lib/overview/queries';
import { isFiltered, type PostbackFilter, postbacksHref } from '@/lib/postbacks/filter';
import { KEPT_OUTCOMES, type KeptOutcome } from '@/lib/postbacks/outcome';
import { countOutcomes, listCounters, listPostbacks } from '@/lib/postbacks/queries';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';
import { Counters } from './counters';
import { PostbackTable } from './postback-table';

interface PostbackResultsProps {
  readonly access: Access;
  readonly filter: PostbackFilter;
  readonly zone: string;
  readonly now: Date;
  readonly projects: readonly ProjectChoice[];
}

const WEEK_MS = 7 * 86_400_000;

export async function PostbackResults({
  access,
  filter,
  zone,
  now,
  projects,
}: PostbackResultsProps): Promise<ReactElement> {
  const [page, counts, counters, t] = await Promise.all([
    listPostbacks(access, filter),
    countOutcomes(access, filter),
    listCounters(access, new Date(now.getTime() - WEEK_MS)),
    getTranslations('postbacks'),
  ]);
  if (page.rows.length === 0 && !isFiltered(filter) && !filter.after && !(await hasPostbacks(access))) {
    return (
      <div className="grid gap-4">
        <NothingYet
          manage={may(access, 'manageProjects')}
          test={may(access, 'sendTestPostback')}
          text={t('empty.yet')}
          title={t('empty.yetTitle')}
          urls={notificationUrls(projects, await headers())}
        />
        <Counters counters={counters} now={now} zone={zone} />
      </div>
    );
  }
  const hrefOf = (change: Partial<PostbackFilter>): string => postbacksHref(filter, zone, change);
  const words = await getTranslations('invoices');
  return (
    <>
      <div className="mb-3">
        <OutcomeChips counts={counts} filter={filter} hrefOf={hrefOf} />
      </div>
      <Card padded={false}>
        {page.rows.length > 0 ? (
          <PostbackTable now={now} rows={page.rows} zone={zone} />
        ) : (
          <EmptyState
            actions={
              <LinkButton href="/postbacks" prefetch={false}>
                {words('empty.clear')}
              </LinkButton>
            }
            icon="search"
            title={t('empty.nothingTitle')}
          >
            {t('empty.nothing')}
          </EmptyState>
        )}
      </Card>
      <Pager
        newest={filter.after ? { href: hrefOf({}), label: words('list.newest') } : null}
        older={page.next ? { href: hrefOf({ after: page.next }), label: words('list.older') } : null}
      />
      <div className="mt-6">
        <Counters counters={counters} now={now} zone={zone} />
      </div>
    </>
  );
}

interface OutcomeChipsProps {
  readonly filter: PostbackFilter;
  readonly counts: ReadonlyMap<string, number> | null;
  readonly hrefOf: (change: Partial<PostbackFilter>) => string;
}

async function OutcomeChips({ filter, counts, hrefOf }: OutcomeChipsProps): Promise<ReactElement> {
  const [t, words] = await Promise.all([getTranslations('postbacks'), getTranslations('invoices.filter')]);
  const chosen = (outcome: KeptOutcome): boolean => filter.outcome.includes(outcome);
  const shown = KEPT_OUTCOMES.filter((outcome) => !counts || counts.has(outcome) || chosen(outcome));
  const all = {
    key: 'all',
    href: hrefOf({ outcome: [] }),
    label: words('all'),
    count: counts ? [...counts.values()].reduce((sum, count) => sum + count, 0) : undefined,
    current: filter.outcome.length === 0,
  };
  const chips = shown.map((outcome) => ({
    key: outcome,
    href: hrefOf({
      outcome: chosen(outcome) ? filter.outcome.filter((word) => word !== outcome) : [...filter.outcome, outcome],
    }),
    label: t(`outcome.${outcome}`),
    count: counts ? (counts.get(outcome) ?? 0) : undefined,
    current: chosen(outcome),
  }));
  return <Chips chips={[all, ...chips]} label={t('list.outcome')} />;
}
