import { getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { LanguageSwitch } from '../language-switch';

export default async function AuthLayout({ children }: { readonly children: ReactNode }): Promise<ReactElement> {
  const t = await getTranslations('app');
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center px-5 py-12">
      <div className="mb-6 flex justify-center">
        <Brand name={t('name')} />
      </div>
      <div className="rounded-panel border border-line bg-surface p-6 shadow-panel">{children}</div>
      <div className="mx-auto mt-5 w-full max-w-64">
        <LanguageSwitch />
      </div>
    </main>
  );
}
