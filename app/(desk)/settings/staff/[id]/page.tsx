import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listProjectChoices } from '@/lib/projects/choices';
import { requireRight } from '@/lib/staff/guard';
import { getStaffLine } from '@/lib/staff/members';
import { findPasswordReset } from '@/lib/staff/password-resets';
import { getTimeZone } from '@/lib/staff/queries';
import { saveRights } from '../actions';
import { RightsFields } from '../rights-fields';
import { AccountCard } from './account-card';
import { PasswordCard } from './password-card';

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const access = await requireRight('manageStaff');
  return { title: (await getStaffLine(access, (await params).id))?.name };
}

export default async function MemberPage({ params }: PageProps): Promise<ReactElement> {
  const access = await requireRight('manageStaff');
  const member = await getStaffLine(access, (await params).id);
  if (!member) notFound();
  const [t, zone, projects, openUntil] = await Promise.all([
    getTranslations('staffMember'),
    getTimeZone(),
    listProjectChoices(access),
    findPasswordReset(access, member.id),
  ]);
  const clock = { now: new Date(), zone };
  const isSelf = member.id === access.staffId;
  const given = member.projects === 'all' ? 'all' : member.projects.map(({ id }) => id);
  return (
    <>
      <PageHeader back={{ href: '/settings/staff', label: t('back') }} note={member.email} title={member.name} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card note={t('rights.note')} title={t('rights.title')}>
          <ActionForm action={saveRights.bind(null, member.id)} className="space-y-4">
            <RightsFields projects={projects} rights={{ role: member.role, projects: given }} />
            <FormMessage />
            <SubmitButton>{t('rights.submit')}</SubmitButton>
          </ActionForm>
        </Card>
        <div className="grid gap-4">
          {isSelf || member.disabledAt ? null : <PasswordCard clock={clock} member={member} openUntil={openUntil} />}
          <AccountCard clock={clock} isSelf={isSelf} member={member} />
        </div>
      </div>
    </>
  );
}
