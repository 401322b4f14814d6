import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Tabs } from '@/components/ui/tabs';
import { type Access, may, type Right } from '@/lib/staff/access';

const PLACES = [
  { name: 'projects', href: '/settings/projects', right: 'sendTestPostback' },
  { name: 'staff', href: '/settings/staff', right: 'manageStaff' },
  { name: 'general', href: '/settings/general', right: 'changeSettings' },
  { name: 'people', href: '/settings/people', right: 'managePeopleData' },
  { name: 'audit', href: '/settings/audit', right: 'seeAudit' },
  { name: 'account', href: '/settings/account', right: 'ownAccount' },
] as const satisfies readonly { readonly name: string; readonly href: string; readonly right: Right }[];

interface SettingsTabsProps {
  readonly access: Access;
  readonly current: Place['name'];
}

type Place = (typeof PLACES)[number];

/** The settings this person has. */
export function settingsOf(access: Access): readonly Place[] {
  return PLACES.filter(({ right }) => may(access, right));
}

/** One alone is no choice. */
export async function SettingsTabs({ access, current }: SettingsTabsProps): Promise<ReactElement | null> {
  const t = await getTranslations('settingsTabs');
  const places = settingsOf(access);
  if (places.length < 2) return null;
  return (
    <div className="mb-4">
      <Tabs
        label={t('label')}
        tabs={places.map(({ name, href }) => ({ href, label: t(name), current: name === current }))}
      />
    </div>
  );
}
