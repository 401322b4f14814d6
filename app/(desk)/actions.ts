'use server';

import { textOf } from '@/components/ui/form-state';
import { signOut } from '@/lib/staff/auth';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberTheme } from '@/lib/staff/theme';

export async function leave(): Promise<void> {
  await refuseForeignOrigin();
  await signOut({ redirectTo: '/sign-in' });
}

export async function chooseTheme(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  await rememberTheme(textOf(form, 'theme'));
}
