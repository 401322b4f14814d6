import { getRequestConfig } from 'next-intl/server';
import { getEnv } from '@/lib/env';
import { LANGUAGE_TAG } from '@/lib/language';
import { chosenLanguage } from '@/lib/staff/language';
import { readMessages } from './catalogue';

/** The language of this request. Zones are applied where a time is shown. */
export default getRequestConfig(async () => {
  const language = await chosenLanguage();
  return {
    locale: LANGUAGE_TAG[language],
    timeZone: 'UTC',
    messages: await readMessages(language, getEnv().development),
  };
});
