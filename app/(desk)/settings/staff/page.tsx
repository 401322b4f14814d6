import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { requireRight } from '@/lib/staff/guard';
import { listInvitations } from '@/lib/staff/invitations';
import { listStaff } from '@/lib/staff/members';
import { getTimeZone } from '@/lib/staff/queries';
import { SettingsTabs } from '../settings-tabs';
import { InvitationList } from './invitation-list';
import { StaffTable } from './staff-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staffList'))('title') };
}

export default async function StaffPage(): Promise<ReactElement> {
  const access = await requireRight('manageStaff');
  const [t, members, invitations, zone] = await Promise.all([
    getTranslations('staffList'),
    listStaff(access),
    listInvitations(access),
    getTimeZone(),
  ]);
  const clock = { now: new Date(), zone };
  return (
    <>
      <SettingsTabs access={access} current="staff" />
      <PageHeader
        actions={
          <LinkButton href="/settings/staff/invite" variant="primary">
            <Icon name="plus" />
            {t('invite')}
          </LinkButton>
        }
        note={t('note')}
        title={t('title')}
      />
      <div className="space-y-4">
        {invitations.length > 0 ? <InvitationList clock={clock} invitations={invitations} /> : null}
        <Card padded={false}>
          <StaffTable clock={clock} members={members} self={access.staffId} />
        </Card>
      </div>
    </>
  );
}
