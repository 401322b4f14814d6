import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Brand } from '@/components/brand';
import { LinkButton } from '@/components/ui/button';

/** A page that only says why there is no page. */
export async function MessagePage({ about }: { readonly about: 'notFound' | 'forbidden' }): Promise<ReactElement> {
  const t = await getTranslations();
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6 py-16">
      <Brand name={t('app.name')} />
      <h1 className="mt-8 font-semibold text-ink text-title tracking-tight">{t(`${about}.title`)}</h1>
      <p className="mt-2 text-muted">{t(`${about}.text`)}</p>
      <div className="mt-6">
        <LinkButton href="/">{t(`${about}.home`)}</LinkButton>
      </div>
    </main>
  );
}
