import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { LinkButton } from '@/components/ui/button';
import { safeReturnPath } from '@/lib/staff/return-path';
import { keptTicket, readTicket } from '@/lib/staff/second-step';
import { enterCode } from '../actions';

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn.second'))('title') };
}

/** After the password, where a second factor is on. */
export default async function CodePage({ searchParams }: PageProps): Promise<ReactElement> {
  const { next } = await searchParams;
  if (!(await readTicket(await keptTicket()))) redirect('/sign-in');
  const t = await getTranslations('signIn.second');
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-muted">{t('text')}</p>
      <ActionForm action={enterCode} className="mt-5 space-y-4">
        <input name="next" type="hidden" value={safeReturnPath(typeof next === 'string' ? next : null)} />
        <TextField
          autoComplete="one-time-code"
          autoFocus
          className="font-mono tabular-nums"
          hint={t('hint')}
          label={t('label')}
          name="code"
          required
          spellCheck={false}
        />
        <FormMessage />
        <div className="flex gap-2">
          <SubmitButton className="flex-1">{t('submit')}</SubmitButton>
          <LinkButton href="/sign-in" variant="quiet">
            {t('back')}
          </LinkButton>
        </div>
      </ActionForm>
    </>
  );
}
