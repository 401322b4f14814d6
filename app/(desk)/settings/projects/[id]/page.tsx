import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { getProject } from '@/lib/projects/queries';
import { may } from '@/lib/staff/access';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { providerLabel } from '../words';
import { ArchiveCard } from './archive-card';
import { Banners } from './banners';
import { ConnectionCard } from './connection-card';
import { NameCard } from './name-card';
import { RecheckCard } from './recheck-card';
import { SecretCard } from './secret-card';
import { TestCard } from './test-card';
import { UrlCard } from './url-card';

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const access = await requireRight('sendTestPostback');
  const project = await getProject(access, (await params).id);
  return { title: project?.name };
}

export default async function ProjectPage({ params }: PageProps): Promise<ReactElement> {
  const access = await requireRight('sendTestPostback');
  const project = await getProject(access, (await params).id);
  if (!project) notFound();
  const [t, words, data, zone] = await Promise.all([
    getTranslations('project'),
    getTranslations('doctor'),
    getTranslations('retention'),
    getTimeZone(),
  ]);
  const clock = { now: new Date(), zone };
  const manages = may(access, 'manageProjects');
  return (
    <>
      <PageHeader
        actions={
          <>
            {may(access, 'managePeopleData') ? (
              <LinkButton href={`/settings/projects/${project.id}/data`}>{data('link')}</LinkButton>
            ) : null}
            <LinkButton href={`/settings/projects/${project.id}/doctor`}>{words('link')}</LinkButton>
          </>
        }
        back={{ href: '/settings/projects', label: t('back') }}
        note={providerLabel(project.provider)}
        title={project.name}
      />
      <div className="space-y-4">
        <Banners access={access} clock={clock} project={project} />
        <RecheckCard access={access} project={project} />
        <UrlCard access={access} clock={clock} project={project} />
        <div className="grid gap-4 lg:grid-cols-2">
          <TestCard project={project} />
          <ConnectionCard clock={clock} project={project} />
          <SecretCard clock={clock} manages={manages} project={project} />
          {manages ? <NameCard project={project} /> : null}
          {manages ? <ArchiveCard project={project} /> : null}
        </div>
      </div>
    </>
  );
}
