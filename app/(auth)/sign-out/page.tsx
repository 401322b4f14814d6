import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { staffOrNull } from '@/lib/staff/session';
import { leave } from '../../(desk)/actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signOut'))('title') };
}

/** The sign-out page, shown instead of the one that next-auth draws. */
export default async function SignOutPage(): Promise<ReactElement> {
  const access = await staffOrNull();
  if (!access) redirect('/sign-in');
  const t = await getTranslations('signOut');
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 break-words text-muted">{t('text', { email: access.email })}</p>
      <form action={leave} className="mt-5 flex gap-2">
        <Button className="flex-1" type="submit" variant="primary">
          {t('submit')}
        </Button>
        <LinkButton href="/" variant="quiet">
          {t('back')}
        </LinkButton>
      </form>
    </>
  );
}
