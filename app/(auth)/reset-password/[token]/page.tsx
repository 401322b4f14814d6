import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { LinkButton } from '@/components/ui/button';
import { emailOfReset } from '@/lib/staff/password-resets';
import { SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { choosePassword } from './actions';

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('resetPassword'))('title'), referrer: 'no-referrer', robots: 'noindex' };
}

export default async function ResetPasswordPage({ params }: PageProps): Promise<ReactElement> {
  const { token } = await params;
  const [t, email] = await Promise.all([getTranslations('resetPassword'), emailOfReset(token)]);
  if (email === null) return <NoReset />;
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-muted">{t('intro')}</p>
      <ActionForm action={choosePassword.bind(null, token)} className="mt-5 space-y-4">
        <TextField autoComplete="username" defaultValue={email} label={t('email')} name="email" readOnly />
        <TextField
          autoComplete="new-password"
          autoFocus
          hint={t('passwordHint', { count: SHORTEST_PASSWORD })}
          label={t('password')}
          minLength={SHORTEST_PASSWORD}
          name="password"
          required
          type="password"
        />
        <FormMessage />
        <SubmitButton className="w-full">{t('submit')}</SubmitButton>
      </ActionForm>
    </>
  );
}

async function NoReset(): Promise<ReactElement> {
  const t = await getTranslations('resetPassword.gone');
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('text')}</p>
      <div className="mt-5">
        <LinkButton href="/sign-in" variant="primary">
          {t('action')}
        </LinkButton>
      </div>
    </>
  );
}
