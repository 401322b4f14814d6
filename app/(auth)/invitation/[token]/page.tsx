import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { LinkButton } from '@/components/ui/button';
import { findInvitation } from '@/lib/staff/invitations';
import { SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { join } from './actions';

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invitation'))('title'), referrer: 'no-referrer', robots: 'noindex' };
}

export default async function InvitationPage({ params }: PageProps): Promise<ReactElement> {
  const { token } = await params;
  const invitation = await findInvitation(token);
  if (!invitation) return <NoInvitation />;
  const [t, role] = await Promise.all([getTranslations('invitation'), getTranslations('person.role')]);
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-muted">{t('intro', { role: role(invitation.role) })}</p>
      <ActionForm action={join.bind(null, token)} className="mt-5 space-y-4">
        <TextField autoComplete="username" defaultValue={invitation.email} label={t('email')} name="email" readOnly />
        <TextField autoComplete="name" autoFocus label={t('name')} name="name" required />
        <TextField
          autoComplete="new-password"
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

async function NoInvitation(): Promise<ReactElement> {
  const t = await getTranslations('invitation.gone');
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
