import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactElement, Suspense } from 'react';
import { ListSkeleton } from '@/components/list-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { hasPostbacks } from '@/lib/overview/queries';
import { listProjectChoices } from '@/lib/projects/choices';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { MonthlyOffer } from './exports/monthly-offer';
import { FirstRun } from './first-run';
import { MoneyADay } from './money-a-day';
import { NeedsPerson } from './needs-person';
import { PostbacksADay } from './postbacks-a-day';
import { Today } from './today';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default async function OverviewPage(): Promise<ReactElement> {
  const access = await requireStaff();
  const [t, zone, projects, started] = await Promise.all([
    getTranslations(),
    getTimeZone(),
    listProjectChoices(access),
    hasPostbacks(access),
  ]);
  const clock = { now: new Date(), zone };
  if (projects.length === 0 || !started) return <FirstRun access={access} projects={projects} />;
  return (
    <>
      <PageHeader note={t('overview.zone', { zone })} title={t('overview.title')} />
      <MonthlyOffer access={access} {...clock} />
      <Suspense fallback={<ListSkeleton label={t('invoices.loading')} />}>
        <div className="grid grid-cols-1 gap-4">
          <Today access={access} clock={clock} />
          <NeedsPerson access={access} clock={clock} />
          <MoneyADay access={access} clock={clock} />
          <PostbacksADay access={access} clock={clock} />
        </div>
      </Suspense>
    </>
  );
}
