import { redirect } from 'next/navigation';
import { requireRight } from '@/lib/staff/guard';
import { settingsOf } from './settings-tabs';

/** The first of the settings that this person can go to. */
export default async function SettingsPage(): Promise<never> {
  const access = await requireRight('seeAudit');
  redirect(settingsOf(access)[0]?.href ?? '/');
}
