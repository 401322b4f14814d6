import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Brand } from '@/components/brand';
import { LinkButton } from '@/components/ui/button';

interface MessagePageProps {
  readonly about: 'notFound' | 'forbidden';
  /** Inside the desk, whose layout has the brand and the main landmark already. */
  readonly inDesk?: boolean;
}

/** A page that only says why there is no page. */
export async function MessagePage({ about, inDesk = false }: MessagePageProps): Promise<ReactElement> {
  const t = await getTranslations();
  const Frame = inDesk ? 'div' : 'main';
  return (
    <Frame
      className={`mx-auto flex max-w-md flex-col justify-center px-6 py-16 ${inDesk ? 'min-h-[60dvh]' : 'min-h-dvh'}`}
    >
      {inDesk ? null : <Brand name={t('app.name')} />}
      <h1 className="mt-8 font-semibold text-ink text-title tracking-tight">{t(`${about}.title`)}</h1>
      <p className="mt-2 text-muted">{t(`${about}.text`)}</p>
      <div className="mt-6">
        <LinkButton href="/">{t(`${about}.home`)}</LinkButton>
      </div>
    </Frame>
  );
}
