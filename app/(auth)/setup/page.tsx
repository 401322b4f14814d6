import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { isSetupToken, ownerExists } from '@/lib/staff/setup';
import { SetupForm } from './setup-form';

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') };
}

const OPERATOR = 'npm run admin -- staff add --email you@shop.example --name "You" --role owner --password-stdin';

export default async function SetupPage({ searchParams }: PageProps): Promise<ReactElement> {
  const { token } = await searchParams;
  if (await ownerExists()) return <HasOwner />;
  if (typeof token !== 'string' || !isSetupToken(token)) return <NeedsToken />;
  return <SetupForm token={token} />;
}

async function HasOwner(): Promise<ReactElement> {
  const t = await getTranslations('setup.exists');
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

async function NeedsToken(): Promise<ReactElement> {
  const t = await getTranslations('setup.noToken');
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('text')}</p>
      <p className="mt-3 text-muted">{t('operator')}</p>
      <code className="mt-2 block whitespace-pre-wrap break-words rounded-control bg-sunken p-3 font-mono text-xs">
        {OPERATOR}
      </code>
    </>
  );
}
