import { getEnv } from '@/lib/env';

/** The origin that people paste at a provider: APP_URL, else the one under which they see us. */
export function publicOrigin(headers: Headers): string {
  const { appUrl } = getEnv();
  if (appUrl) return appUrl;
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? 'localhost';
  const protocol = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  return `${protocol}://${host}`;
}

const PRIVATE =
  /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[|.*\.(local|localhost|internal)$)/;

/** True for an address that a provider on the internet cannot reach. */
export function isPrivateOrigin(origin: string): boolean {
  return PRIVATE.test(new URL(origin).hostname);
}
