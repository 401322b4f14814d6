import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { listProjects } from '@/lib/projects/queries';
import { may } from '@/lib/staff/access';
import { requireRight } from '@/lib/staff/guard';
import { SettingsTabs } from '../settings-tabs';
import { ProjectTable } from './project-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('projects'))('title') };
}

export default async function ProjectsPage(): Promise<ReactElement> {
  const access = await requireRight('sendTestPostback');
  const [t, projects] = await Promise.all([getTranslations('projects'), listProjects(access)]);
  const add = may(access, 'manageProjects') ? (
    <LinkButton href="/settings/projects/new" variant="primary">
      <Icon name="plus" />
      {t('add')}
    </LinkButton>
  ) : null;
  return (
    <>
      <SettingsTabs access={access} current="projects" />
      <PageHeader actions={projects.length > 0 ? add : null} note={t('note')} title={t('title')} />
      <Card padded={false}>
        {projects.length > 0 ? (
          <ProjectTable projects={projects} />
        ) : (
          <EmptyState actions={add} icon="wallet" title={t('empty.title')}>
            {add ? t('empty.text') : t('empty.none')}
          </EmptyState>
        )}
      </Card>
    </>
  );
}
