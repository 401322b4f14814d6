import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { ZoneField } from '@/components/zone-field';
import { SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { allZones } from '@/lib/zone';
import { makeOwner } from './actions';

export async function SetupForm({ token }: { readonly token: string }): Promise<ReactElement> {
  const t = await getTranslations('setup');
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-muted">{t('intro')}</p>
      <ActionForm action={makeOwner} className="mt-5 space-y-4">
        <input name="token" type="hidden" value={token} />
        <TextField autoComplete="name" autoFocus label={t('name')} name="name" required />
        <TextField autoComplete="username" inputMode="email" label={t('email')} name="email" required type="email" />
        <TextField
          autoComplete="new-password"
          hint={t('passwordHint', { count: SHORTEST_PASSWORD })}
          label={t('password')}
          minLength={SHORTEST_PASSWORD}
          name="password"
          required
          type="password"
        />
        <ZoneField chosen={null} hint={t('timeZoneHint')} label={t('timeZone')} zones={allZones()} />
        <FormMessage />
        <SubmitButton className="w-full">{t('submit')}</SubmitButton>
      </ActionForm>
    </>
  );
}
