'use server';

import { textOf } from '@/components/ui/form-state';
import { auth, readClaims, signOut } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { endSession } from '@/lib/staff/sessions';
import { rememberTheme } from '@/lib/staff/theme';

export async function leave(): Promise<void> {
  await refuseForeignOrigin();
  // Ended here too: next-auth would clear the cookie also where the database did not hear of it.
  const claims = readClaims(await auth());
  if (claims) await endSession(claims.id);
  await signOut({ redirectTo: '/sign-in' });
}

export async function chooseTheme(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  await rememberTheme(textOf(form, 'theme'));
}
