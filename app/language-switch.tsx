import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { LANGUAGE_NAME, LANGUAGE_TAG, LANGUAGES } from '@/lib/language';
import { chosenLanguage } from '@/lib/staff/language';
import { chooseLanguage } from './choose-language';

/** Remembered by a cookie, so that an address says nothing of it; works without script. */
export async function LanguageSwitch(): Promise<ReactElement> {
  const [t, chosen] = await Promise.all([getTranslations('language'), chosenLanguage()]);
  return (
    <form action={chooseLanguage}>
      <fieldset className="mx-1 flex gap-0.5 rounded-control bg-sunken p-0.5">
        <legend className="sr-only">{t('label')}</legend>
        {LANGUAGES.map((language) => (
          <button
            aria-pressed={language === chosen}
            className="flex h-7 min-w-0 flex-auto items-center justify-center rounded-[5px] font-medium text-muted text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-xs"
            key={language}
            lang={LANGUAGE_TAG[language]}
            name="language"
            type="submit"
            value={language}
          >
            {LANGUAGE_NAME[language]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
