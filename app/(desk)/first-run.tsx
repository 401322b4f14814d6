import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { NotificationUrls } from '@/components/notification-urls';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import type { ProjectChoice } from '@/lib/projects/choices';
import { notificationUrls } from '@/lib/projects/notification-urls';
import { type Access, may } from '@/lib/staff/access';

interface FirstRunProps {
  readonly access: Access;
  readonly projects: readonly ProjectChoice[];
  /** A test postback has come, which shows nothing of the provider. */
  readonly tested: boolean;
}

/** Before the provider's first postback: what to do next, one step at a time. */
export async function FirstRun({ access, projects, tested }: FirstRunProps): Promise<ReactElement> {
  const t = await getTranslations('overview');
  return (
    <>
      <PageHeader title={t('start.title')} />
      <Card padded={false}>
        {projects.length === 0 ? (
          <NoProject access={access} />
        ) : (
          <NoPostback access={access} projects={projects} tested={tested} />
        )}
      </Card>
    </>
  );
}

async function NoProject({ access }: { readonly access: Access }): Promise<ReactElement> {
  const t = await getTranslations('overview.start');
  const manage = may(access, 'manageProjects');
  return (
    <EmptyState
      actions={
        manage ? (
          <LinkButton href="/settings/projects/new" variant="primary">
            {t('addProject')}
          </LinkButton>
        ) : null
      }
      icon="plus"
      title={t('projectTitle')}
    >
      {manage ? t('project') : t('staff')}
    </EmptyState>
  );
}

async function NoPostback({ access, projects, tested }: FirstRunProps): Promise<ReactElement> {
  const t = await getTranslations('overview.start');
  return (
    <div className="flex flex-col items-center px-4 pb-8">
      <EmptyState icon="inbox" title={t('postbackTitle')}>
        {t(tested ? 'tested' : 'postback')}
      </EmptyState>
      <div className="-mt-12 flex w-full justify-center">
        <NotificationUrls test={may(access, 'sendTestPostback')} urls={notificationUrls(projects, await headers())} />
      </div>
    </div>
  );
}
