import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Icon } from '@/components/ui/icon';
import type { Access } from '@/lib/staff/access';
import { type Destination, destinationsOf } from './destinations';
import { NavLink } from './nav-link';

/** As many as a thumb can tell apart at the bottom of a phone; the others are behind one more button there. */
const ON_A_PHONE = 4;
const MORE = 'more-destinations';

/** At the bottom of a phone's screen, in the sidebar of a wider one. */
export async function Navigation({ access }: { readonly access: Access }): Promise<ReactElement> {
  const t = await getTranslations('nav');
  const places = destinationsOf(access);
  const first = places.length > ON_A_PHONE + 1 ? ON_A_PHONE : places.length;
  const link = ({ name, href, icon }: Destination): ReactElement => (
    <NavLink href={href} key={name} label={t(name)}>
      <Icon name={icon} size={17} />
    </NavLink>
  );
  return (
    <nav
      aria-label={t('label')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:static md:mt-2 md:flex-1 md:flex-col md:gap-0.5 md:border-0 md:bg-transparent md:px-0 md:pb-0"
    >
      {places.slice(0, first).map(link)}
      <div className="hidden md:contents">{places.slice(first).map(link)}</div>
      {first < places.length ? (
        <>
          <button
            className="flex flex-1 flex-col items-center justify-center gap-0.5 rounded-control py-1.5 font-medium text-[0.6875rem] text-muted hover:text-ink md:hidden"
            popoverTarget={MORE}
            type="button"
          >
            <Icon name="ellipsis" size={17} />
            {t('more')}
          </button>
          <div
            className="fixed inset-auto end-2 bottom-16 m-0 hidden w-44 rounded-panel border border-line bg-surface p-1.5 text-ink shadow-menu [&:popover-open]:grid [&_a]:h-10 [&_a]:flex-row [&_a]:justify-start [&_a]:gap-2.5 [&_a]:px-2.5 [&_a]:text-sm"
            id={MORE}
            popover="auto"
          >
            {places.slice(first).map(link)}
          </div>
        </>
      ) : null}
    </nav>
  );
}
