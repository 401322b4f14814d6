import { cookies } from 'next/headers';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const COOKIE = 'tillbell-theme';
const A_YEAR = 365 * 24 * 60 * 60;

/** The remembered choice; the server writes it on <html>, so nothing flashes and no script is needed. */
export async function chosenTheme(): Promise<Theme> {
  const value = (await cookies()).get(COOKIE)?.value;
  return THEMES.find((theme) => theme === value) ?? 'system';
}

export async function rememberTheme(wanted: string): Promise<void> {
  const theme = THEMES.find((one) => one === wanted) ?? 'system';
  const jar = await cookies();
  if (theme === 'system') jar.delete(COOKIE);
  else jar.set(COOKIE, theme, { path: '/', maxAge: A_YEAR, sameSite: 'lax', httpOnly: true });
}
