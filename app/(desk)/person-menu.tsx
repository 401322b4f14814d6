import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';
import type { Access } from '@/lib/staff/access';
import { chosenTheme, THEMES, type Theme } from '@/lib/staff/theme';
import { LanguageSwitch } from '../language-switch';
import { chooseTheme, leave } from './actions';
import { PersonLink } from './person-link';

const THEME_ICON = { system: 'monitor', light: 'sun', dark: 'moon' } as const satisfies Record<Theme, IconName>;
const MENU = 'person-menu';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}

/** A native popover: it opens, closes on Escape and on a click beside it without a script of ours. */
export async function PersonMenu({ access }: { readonly access: Access }): Promise<ReactElement> {
  const t = await getTranslations('person');
  return (
    <div>
      <button
        aria-label={t('menu', { name: access.name })}
        className="flex w-full items-center gap-2.5 rounded-control p-1 text-start hover:bg-hover md:max-lg:justify-center lg:p-1.5"
        popoverTarget={MENU}
        type="button"
      >
        <span
          aria-hidden="true"
          className="grid size-7 shrink-0 place-items-center rounded-full bg-ink font-medium text-canvas text-xs"
        >
          {initials(access.name)}
        </span>
        <span className="hidden min-w-0 lg:block">
          <span className="block truncate font-medium text-ink text-sm leading-4">{access.name}</span>
          <span className="block truncate text-muted text-xs">{t(`role.${access.role}`)}</span>
        </span>
      </button>
      <div
        className="fixed inset-auto top-13 right-3 m-0 w-60 rounded-panel border border-line bg-surface p-1.5 text-ink shadow-menu md:top-auto md:right-auto md:bottom-16 md:left-3"
        id={MENU}
        popover="auto"
      >
        <div className="px-2.5 pt-1.5 pb-2">
          <p className="truncate font-medium text-sm">{access.name}</p>
          <p className="truncate text-muted text-xs" title={access.email}>
            {access.email}
          </p>
        </div>
        <div className="grid gap-1.5">
          <ThemeSwitch />
          <LanguageSwitch />
        </div>
        <div className="mt-1.5 border-line-soft border-t pt-1.5">
          <PersonLink href="/settings/account">
            <Icon className="text-muted" name="user" size={15} />
            {t('account')}
          </PersonLink>
        </div>
        <form action={leave}>
          <button
            className="flex h-8 w-full items-center gap-2 rounded-control px-2.5 text-sm hover:bg-hover"
            type="submit"
          >
            <Icon className="text-muted" name="log-out" size={15} />
            {t('signOut')}
          </button>
        </form>
      </div>
    </div>
  );
}

async function ThemeSwitch(): Promise<ReactElement> {
  const [t, chosen] = await Promise.all([getTranslations('theme'), chosenTheme()]);
  return (
    <form action={chooseTheme}>
      <fieldset className="mx-1 flex gap-0.5 rounded-control bg-sunken p-0.5">
        <legend className="sr-only">{t('label')}</legend>
        {THEMES.map((theme) => (
          <button
            aria-pressed={theme === chosen}
            className="flex h-7 flex-1 items-center justify-center gap-1 rounded-[5px] font-medium text-muted text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-xs"
            key={theme}
            name="theme"
            type="submit"
            value={theme}
          >
            <Icon name={THEME_ICON[theme]} size={13} />
            {t(theme)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
