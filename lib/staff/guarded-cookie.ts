import { cookies, headers } from 'next/headers';
import { isTls } from '@/lib/browser-policy';

/** Cookies that vouch for somebody. Over TLS they carry `__Host-`: no other host and no plain page can put one in place. */

export async function isOverTls(): Promise<boolean> {
  return isTls(await headers(), 'http:');
}

interface Spelled {
  readonly name: string;
  readonly secure: boolean;
}

async function spelled(name: string): Promise<Spelled> {
  const secure = await isOverTls();
  return { name: secure ? `__Host-${name}` : name, secure };
}

export async function readGuarded(name: string): Promise<string | undefined> {
  return (await cookies()).get((await spelled(name)).name)?.value;
}

/** In a server action; the age is in seconds, 0 removes it. */
export async function writeGuarded(name: string, value: string, maxAge: number): Promise<void> {
  const cookie = await spelled(name);
  // A browser takes no `__Host-` cookie, not even a removed one, without Secure and this path.
  (await cookies()).set({ ...cookie, value, maxAge, path: '/', sameSite: 'strict', httpOnly: true });
}
