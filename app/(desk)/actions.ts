'use server';

import { textOf } from '@/components/ui/form-state';
import { signOut } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { staffOrNull } from '@/lib/staff/session';
import { endSession } from '@/lib/staff/sessions';
import { rememberTheme } from '@/lib/staff/theme';

export async function leave(): Promise<void> {
  await refuseForeignOrigin();
  const access = await staffOrNull();
  // Ended here too: next-auth would clear the cookie also where the database did not hear of it.
  if (access) {
    await endSession(access.sessionId, access);
  }
  await signOut({ redirectTo: '/sign-in' });
}

export async function chooseTheme(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  await rememberTheme(textOf(form, 'theme'));
}
