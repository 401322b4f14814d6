import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { BadValues } from '@/components/bad-values';
import type { Clock } from '@/components/clock-props';
import { ListSkeleton } from '@/components/list-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { readStarted } from '@/lib/overview/queries';
import { QUEUE_KINDS, type QueueKind } from '@/lib/overview/queue';
import { listProjectChoices } from '@/lib/projects/choices';
import { type Params, Reader } from '@/lib/query-string';
import type { Access } from '@/lib/staff/access';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { ClockNotice } from './clock-notice';
import { MonthlyOffer } from './exports/monthly-offer';
import { FirstRun } from './first-run';
import { MoneyADay } from './money-a-day';
import { PostbacksADay } from './postbacks-a-day';
import { Queue, WholeQueue } from './queue/queue';
import { Today } from './today';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

interface PageProps {
  readonly searchParams: Promise<Params>;
}

export default async function OverviewPage({ searchParams }: PageProps): Promise<ReactElement> {
  const access = await requireStaff();
  const [t, zone, projects, started, params] = await Promise.all([
    getTranslations('overview'),
    getTimeZone(),
    listProjectChoices(access),
    readStarted(access),
    searchParams,
  ]);
  if (projects.length === 0 || !started.real) {
    return <FirstRun access={access} projects={projects} tested={started.test} />;
  }
  const reader = new Reader(params);
  const all = reader.one('all', (text) => QUEUE_KINDS.find((kind) => kind === text) ?? null);
  const clock = { now: new Date(), zone };
  return (
    <>
      <PageHeader
        note={all ? undefined : t('zone', { zone })}
        title={all ? t('queue.title') : t('title')}
        {...(all ? { back: { href: '/', label: t('title') } } : {})}
      />
      <BadValues notices={reader.notices} />
      {all ? null : <ClockNotice access={access} clock={clock} />}
      {all ? null : <MonthlyOffer access={access} {...clock} />}
      {all ? <OneKind access={access} clock={clock} kind={all} /> : <Everything access={access} clock={clock} />}
    </>
  );
}

interface BodyProps {
  readonly access: Access;
  readonly clock: Clock;
}

/** What waits and what came today together, so that nothing moves once it is there; the charts may take longer. */
async function Everything({ access, clock }: BodyProps): Promise<ReactElement> {
  const t = await getTranslations('invoices');
  return (
    <Suspense fallback={<ListSkeleton label={t('loading')} />}>
      <div className="grid grid-cols-1 gap-4">
        <Queue access={access} clock={clock} />
        <Today access={access} clock={clock} />
        <Suspense fallback={<ListSkeleton label={t('loading')} />}>
          <MoneyADay access={access} clock={clock} />
          <PostbacksADay access={access} clock={clock} />
        </Suspense>
      </div>
    </Suspense>
  );
}

async function OneKind({ kind, ...props }: BodyProps & { readonly kind: QueueKind }): Promise<ReactElement> {
  const t = await getTranslations('invoices');
  return (
    <Suspense fallback={<ListSkeleton label={t('loading')} />}>
      <WholeQueue {...props} kind={kind} />
    </Suspense>
  );
}
