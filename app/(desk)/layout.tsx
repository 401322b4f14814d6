import { getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { LiveRefresh } from '@/components/live-refresh';
import { Link } from '@/components/ui/link';
import { restAfterMs } from '@/lib/live-rest';
import { requireStaff } from '@/lib/staff/session';
import { Keyboard } from './keyboard/keyboard';
import { Navigation } from './navigation';
import { PersonMenu } from './person-menu';
import { Search } from './search/search';

/** Who is this, and where can they go. Each page asks again for itself: a layout is no lock. */
export default async function DeskLayout({ children }: { readonly children: ReactNode }): Promise<ReactElement> {
  const access = await requireStaff();
  const t = await getTranslations();
  const words = {
    connecting: t('live.connecting'),
    live: t('live.live'),
    reconnecting: t('live.reconnecting'),
    paused: t('live.paused'),
  };
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[4rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-control bg-ink px-3 py-2 font-medium text-canvas text-sm focus:translate-y-0"
        href="#content"
      >
        {t('nav.skip')}
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-line border-b bg-canvas px-4 md:h-dvh md:flex-col md:items-stretch md:gap-0 md:border-e md:border-b-0 md:px-2.5 md:py-3 lg:px-3">
        <Link
          className="flex h-9 items-center rounded-control md:max-lg:justify-center lg:px-2"
          href="/"
          title={t('nav.overview')}
        >
          <Brand compact name={t('app.name')} />
        </Link>
        <div className="ms-auto md:ms-0 md:mt-2 md:max-lg:self-center">
          <Search access={access} />
        </div>
        <div className="flex items-center md:order-2 md:ms-0 md:max-lg:justify-center md:max-lg:[&_[data-live]]:text-[0px] lg:px-2.5 lg:pb-2">
          <LiveRefresh restMs={await restAfterMs()} whose={access.staffId} words={words} />
        </div>
        <div className="md:order-3 md:mt-2">
          <PersonMenu access={access} />
        </div>
        <Navigation access={access} />
      </header>
      <main
        className="mx-auto w-full min-w-0 max-w-7xl px-4 pt-5 pb-24 sm:px-6 md:pb-12 lg:px-8 lg:pt-7"
        id="content"
        tabIndex={-1}
      >
        {children}
      </main>
      {/* Always there: a last child that comes and goes has a browser style every last cell of a list anew. */}
      <div className="contents">
        <Keyboard access={access} />
      </div>
    </div>
  );
}
