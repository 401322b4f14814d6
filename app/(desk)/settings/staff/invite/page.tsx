import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, FormOnce, SubmitButton, TextField } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listProjectChoices } from '@/lib/projects/choices';
import { requireRight } from '@/lib/staff/guard';
import { inviteMember } from '../actions';
import { RightsFields } from '../rights-fields';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staffInvite'))('title') };
}

export default async function InvitePage(): Promise<ReactElement> {
  const access = await requireRight('manageStaff');
  const [t, copy, projects] = await Promise.all([
    getTranslations('staffInvite'),
    getTranslations('copy'),
    listProjectChoices(access),
  ]);
  return (
    <div className="max-w-2xl">
      <PageHeader back={{ href: '/settings/staff', label: t('back') }} note={t('note')} title={t('title')} />
      <Card>
        <ActionForm action={inviteMember} className="space-y-5" resets>
          <TextField
            autoComplete="off"
            hint={t('emailHint')}
            inputMode="email"
            label={t('email')}
            name="email"
            required
            type="email"
          />
          <RightsFields projects={projects} rights={{ role: 'support', projects: 'all' }} />
          <FormMessage />
          <FormOnce copied={copy('copied')} copy={t('copy')} note={t('once')} />
          <SubmitButton>{t('submit')}</SubmitButton>
        </ActionForm>
      </Card>
    </div>
  );
}
