import { getEnv } from '@/lib/env';
import { reachableHost } from '@/lib/listening';

/**
 * Where this deployment reaches itself. Never the request's Host, which whoever asks may choose: on one's own machine
 * the address that it listens on, and on Vercel, where there is none, APP_URL (null when it is not set).
 */
export function ownAddress(): string | null {
  const { appUrl, host, port, onVercel } = getEnv();
  return onVercel ? appUrl : `http://${reachableHost(host)}:${port}`;
}
