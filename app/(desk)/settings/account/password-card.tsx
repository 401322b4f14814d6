import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { replacePassword } from './actions';

/** The hidden name tells a password manager whose password it is. */
export async function PasswordCard({ email }: { readonly email: string }): Promise<ReactElement> {
  const t = await getTranslations('account.password');
  return (
    <Card note={t('note')} title={t('title')}>
      <ActionForm action={replacePassword} className="space-y-4" resets>
        <input autoComplete="username" hidden name="username" readOnly type="text" value={email} />
        <TextField autoComplete="current-password" label={t('old')} name="oldPassword" required type="password" />
        <TextField
          autoComplete="new-password"
          hint={t('hint', { count: SHORTEST_PASSWORD })}
          label={t('new')}
          minLength={SHORTEST_PASSWORD}
          name="newPassword"
          required
          type="password"
        />
        <FormMessage />
        <SubmitButton variant="secondary">{t('submit')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
