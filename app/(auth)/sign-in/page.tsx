import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Notice } from '@/components/ui/notice';
import { safeReturnPath } from '@/lib/staff/return-path';
import { staffOrNull } from '@/lib/staff/session';
import { ownerExists } from '@/lib/staff/setup';
import { enter } from './actions';

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: PageProps): Promise<ReactElement> {
  const { next } = await searchParams;
  const returnPath = safeReturnPath(typeof next === 'string' ? next : null);
  if (await staffOrNull()) redirect(returnPath);
  const [t, hasOwner] = await Promise.all([getTranslations('signIn'), ownerExists()]);
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      {hasOwner ? null : (
        <div className="mt-4">
          <Notice tone="progress" icon="info">
            {t('firstRun')}
          </Notice>
        </div>
      )}
      <ActionForm action={enter} className="mt-5 space-y-4">
        <input name="next" type="hidden" value={returnPath} />
        <TextField
          autoComplete="username"
          autoFocus
          inputMode="email"
          label={t('email')}
          name="email"
          required
          type="email"
        />
        <TextField autoComplete="current-password" label={t('password')} name="password" required type="password" />
        <FormMessage />
        <SubmitButton className="w-full">{t('submit')}</SubmitButton>
      </ActionForm>
    </>
  );
}
