import { redirect } from 'next/navigation';
import { requireRight } from '@/lib/staff/guard';

/** Projects are all the settings there are. */
export default async function SettingsPage(): Promise<never> {
  await requireRight('sendTestPostback');
  redirect('/settings/projects');
}
