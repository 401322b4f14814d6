import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { getProject } from '@/lib/projects/queries';
import type { Params } from '@/lib/query-string';
import { readDataSettings } from '@/lib/retention/settings';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { DataPassword } from '../../../data-password';
import { readChoice } from './choice';
import { KeepCard, RefusedKeepCard } from './keep-card';
import { MetadataCard } from './metadata-card';
import { NamesCard } from './names-card';

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Params>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('retention'))('link') };
}

/** The page of one project's customer data: retention, search by name, and the metadata that every role sees. */
export default async function ProjectDataPage({ params, searchParams }: PageProps): Promise<ReactElement> {
  const access = await requireRight('managePeopleData');
  const project = await getProject(access, (await params).id);
  if (!project) notFound();
  const [t, settings, zone, unlocked, { keep }] = await Promise.all([
    getTranslations('retention'),
    readDataSettings(project.id),
    getTimeZone(),
    hasRecentPassword(access),
    searchParams,
  ]);
  return (
    <div className="max-w-3xl">
      <PageHeader
        back={{ href: `/settings/projects/${project.id}`, label: t('back') }}
        title={t('title', { name: project.name })}
      />
      <div className="space-y-4">
        {unlocked ? null : <DataPassword />}
        <KeepCard
          choice={readChoice(keep)}
          clock={{ now: new Date(), zone }}
          current={settings.rawBodyDays}
          projectId={project.id}
          unlocked={unlocked}
        />
        <RefusedKeepCard days={settings.refusedBodyDays} projectId={project.id} unlocked={unlocked} />
        <NamesCard projectId={project.id} searchable={settings.namesSearchable} unlocked={unlocked} />
        <MetadataCard paths={settings.plainMetadata} projectId={project.id} unlocked={unlocked} />
      </div>
    </div>
  );
}
