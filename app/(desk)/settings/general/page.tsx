import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { ZoneField } from '@/components/zone-field';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { allZones } from '@/lib/zone';
import { SettingsTabs } from '../settings-tabs';
import { changeTimeZone } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('general'))('title') };
}

/** What holds for the whole deployment. */
export default async function GeneralPage(): Promise<ReactElement> {
  const access = await requireRight('changeSettings');
  const [t, zone, isRecent] = await Promise.all([getTranslations('general'), getTimeZone(), hasRecentPassword(access)]);
  // A zone that came from the command line or an older runtime stays on offer.
  const zones = [...new Set([zone, ...allZones()])].sort();
  return (
    <>
      <SettingsTabs access={access} current="general" />
      <div className="max-w-2xl">
        <PageHeader note={t('note')} title={t('title')} />
        <Card note={t('timeZone.note')} title={t('timeZone.title')}>
          <ActionForm action={changeTimeZone} className="max-w-sm space-y-4">
            <ZoneField chosen={zone} hint={t('timeZone.hint')} label={t('timeZone.label')} zones={zones} />
            {isRecent ? null : (
              <TextField
                autoComplete="current-password"
                hint={t('timeZone.passwordHint')}
                label={t('timeZone.password')}
                name="password"
                required
                type="password"
              />
            )}
            <FormMessage />
            <SubmitButton>{t('timeZone.submit')}</SubmitButton>
          </ActionForm>
        </Card>
      </div>
    </>
  );
}
