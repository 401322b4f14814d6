import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { SettingsTabs } from '../settings-tabs';
import { PasswordCard } from './password-card';
import { SecondFactorCard } from './second-factor-card';
import { SessionsCard } from './sessions-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage(): Promise<ReactElement> {
  const access = await requireRight('ownAccount');
  const [t, role, zone] = await Promise.all([
    getTranslations('account'),
    getTranslations('person.role'),
    getTimeZone(),
  ]);
  const clock = { now: new Date(), zone };
  return (
    <>
      <SettingsTabs access={access} current="account" />
      <PageHeader note={`${access.name} · ${access.email} · ${role(access.role)}`} title={t('title')} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PasswordCard email={access.email} />
        <SecondFactorCard access={access} clock={clock} />
        <div className="min-w-0 lg:col-span-2">
          <SessionsCard access={access} clock={clock} />
        </div>
      </div>
    </>
  );
}
