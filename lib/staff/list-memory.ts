import { cookies } from 'next/headers';
import { type Remembered, readRemembered, writeRemembered } from '@/lib/lists/layout';

const COOKIE = 'tillbell-lists';
const A_YEAR = 365 * 24 * 60 * 60;

/** How this browser likes its lists; the server draws them so at once. */
export async function rememberedLists(): Promise<Remembered> {
  return readRemembered((await cookies()).get(COOKIE)?.value ?? '');
}

export async function rememberLists(wanted: Remembered): Promise<void> {
  const jar = await cookies();
  const text = writeRemembered(wanted);
  if (text === '') jar.delete(COOKIE);
  else jar.set(COOKIE, text, { path: '/', maxAge: A_YEAR, sameSite: 'lax', httpOnly: true });
}
