'use server';

import { textOf } from '@/components/ui/form-state';
import { refuseForeignOrigin } from '@/lib/staff/guard';
import { rememberLanguage } from '@/lib/staff/language';

/** For everybody, signed in or not: who cannot read the sign-in page needs it most. */
export async function chooseLanguage(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  await rememberLanguage(textOf(form, 'language'));
}
