import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Icon } from '@/components/ui/icon';
import type { Access } from '@/lib/staff/access';
import { destinationsOf } from './destinations';
import { NavLink } from './nav-link';

/** At the bottom of a phone's screen, in the sidebar of a wider one. */
export async function Navigation({ access }: { readonly access: Access }): Promise<ReactElement> {
  const t = await getTranslations('nav');
  return (
    <nav
      aria-label={t('label')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:static md:mt-2 md:flex-1 md:flex-col md:gap-0.5 md:border-0 md:bg-transparent md:px-0 md:pb-0"
    >
      {destinationsOf(access).map(({ name, href, icon }) => (
        <NavLink href={href} key={name} label={t(name)}>
          <Icon name={icon} size={17} />
        </NavLink>
      ))}
    </nav>
  );
}
