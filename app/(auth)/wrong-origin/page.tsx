import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { hostOf } from '@/lib/forwarded';
import { BrowserHost } from './browser-host';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wrongOrigin'))('title') };
}

/** `proxy.ts` sends people here whose form arrived under another host than the one in their browser. */
export default async function WrongOriginPage(): Promise<ReactElement> {
  const [t, sent] = await Promise.all([getTranslations('wrongOrigin'), headers()]);
  const header = sent.has('x-forwarded-host') ? 'X-Forwarded-Host' : 'Host';
  return (
    <>
      <h1 className="font-semibold text-ink text-title tracking-tight">{t('title')}</h1>
      <p className="mt-1.5 text-muted">{t('text')}</p>
      <div className="mt-4">
        <Facts columns={1}>
          <Fact label={t('browser')}>
            <BrowserHost unknown={t('unknown')} />
          </Fact>
          <Fact label={t('arrived', { header })}>
            <code className="font-mono">{hostOf(sent) ?? t('missing')}</code>
          </Fact>
        </Facts>
      </div>
      <p className="mt-4 text-ink">{t('fix', { header })}</p>
      <pre className="mt-2 overflow-x-auto whitespace-pre-wrap break-words rounded-control border border-line bg-canvas p-3 font-mono text-xs">
        {nginxLine(header)}
      </pre>
      <div className="mt-5">
        <LinkButton href="/sign-in">{t('back')}</LinkButton>
      </div>
    </>
  );
}

function nginxLine(header: string): string {
  return `proxy_set_header ${header} $http_host;`;
}
