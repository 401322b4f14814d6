import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { examine } from '@/lib/projects/doctor';
import { getProject } from '@/lib/projects/queries';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { clip, visible } from '@/lib/visible';
import { providerLabel } from '../../words';
import { RecheckCard } from '../recheck-card';
import { TestCard } from '../test-card';
import { FindingLine } from './finding-line';

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('doctor'))('title') };
}

/** What keeps postbacks from coming in, line by line, each with what it was seen by. */
export default async function DoctorPage({ params }: PageProps): Promise<ReactElement> {
  const access = await requireRight('sendTestPostback');
  const project = await getProject(access, (await params).id);
  if (!project) notFound();
  const now = new Date();
  const [t, zone, findings] = await Promise.all([
    getTranslations('doctor'),
    getTimeZone(),
    examine(access, project, now),
  ]);
  return (
    <>
      <PageHeader
        back={{ href: `/settings/projects/${project.id}`, label: project.name }}
        note={t('note', { provider: providerLabel(project.provider) })}
        title={t('titleOf', { project: visible(clip(project.name, 80)) })}
      />
      <div className="space-y-4">
        <RecheckCard access={access} project={project} />
        <Card padded={false}>
          <ul aria-label={t('list')}>
            {findings.map((finding) => (
              <FindingLine clock={{ now, zone }} finding={finding} key={finding.check} project={project} />
            ))}
          </ul>
        </Card>
        <TestCard project={project} />
      </div>
    </>
  );
}
