import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type Language, languageFromHeader, toLanguage } from '@/lib/language';

const COOKIE = 'tillbell-language';
const A_YEAR = 365 * 24 * 60 * 60;

/** What was chosen here, else what the browser asks for. Never in the address: a link is for colleagues too. */
export const chosenLanguage: () => Promise<Language> = cache(async () => {
  const remembered = toLanguage((await cookies()).get(COOKIE)?.value);
  return remembered ?? languageFromHeader((await headers()).get('accept-language'));
});

export async function rememberLanguage(wanted: string): Promise<void> {
  const language = toLanguage(wanted);
  if (language === null) return;
  const jar = await cookies();
  jar.set(COOKIE, language, { path: '/', maxAge: A_YEAR, sameSite: 'lax', httpOnly: true });
}
