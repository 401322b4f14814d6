import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import { chosenTheme } from '@/lib/staff/theme';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app');
  return {
    title: { default: t('name'), template: t('titleTemplate') },
    description: t('description'),
    robots: { index: false, follow: false },
    // Nothing leaks to other sites, and our own forms still say where they come from, which the actions check.
    referrer: 'same-origin',
    // A long number on a desk of payments is an id, not a telephone.
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport: Viewport = { viewportFit: 'cover' };

export default async function RootLayout({ children }: { readonly children: ReactNode }): Promise<ReactElement> {
  const [theme, locale] = await Promise.all([chosenTheme(), getLocale()]);
  return (
    <html
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme={theme === 'system' ? undefined : theme}
      lang={locale}
    >
      <head>
        {/* Not among the viewport's: those are taken out and put in with each step, and this one has all of the page styled anew. */}
        <meta content="light dark" name="color-scheme" />
      </head>
      <body>{children}</body>
    </html>
  );
}
