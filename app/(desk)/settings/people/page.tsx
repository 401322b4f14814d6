import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requireRight } from '@/lib/staff/guard';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { DataPassword } from '../data-password';
import { SettingsTabs } from '../settings-tabs';
import { eraseStep } from './actions';
import { EraseForm } from './erase-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('retention.people'))('title') };
}

/** Deletes what is known of one customer, on their request. */
export default async function ErasePersonPage(): Promise<ReactElement> {
  const access = await requireRight('managePeopleData');
  const [t, unlocked] = await Promise.all([getTranslations('retention.people'), hasRecentPassword(access)]);
  const words = {
    label: t('label'),
    hint: t('hint'),
    find: t('find'),
    erase: t('erase'),
    final: t('final'),
  };
  return (
    <>
      <SettingsTabs access={access} current="people" />
      <div className="max-w-2xl">
        <PageHeader note={t('note')} title={t('title')} />
        <Card>
          <p className="mb-4 max-w-prose text-muted text-sm">{t('what')}</p>
          {unlocked ? <EraseForm action={eraseStep} words={words} /> : <DataPassword />}
        </Card>
      </div>
    </>
  );
}
