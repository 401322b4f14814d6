import { getEnv } from '@/lib/env';
import { hostOf, protocolOf } from '@/lib/forwarded';

/** The origin that people paste at a provider: APP_URL, else the one under which they see us. */
export function publicOrigin(headers: Headers): string {
  const { appUrl } = getEnv();
  if (appUrl) return appUrl;
  return `${protocolOf(headers) ?? 'http'}://${hostOf(headers) ?? 'localhost'}`;
}

const PRIVATE =
  /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[|.*\.(local|localhost|internal)$)/;

/** True for an address that a provider on the internet cannot reach. */
export function isPrivateOrigin(origin: string): boolean {
  return PRIVATE.test(new URL(origin).hostname);
}
