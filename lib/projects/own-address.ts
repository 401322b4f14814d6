import { getEnv } from '@/lib/env';

/**
 * Where this deployment reaches itself. Never the request's Host, which whoever asks may choose: on one's own machine
 * the loopback, and on Vercel, where there is none, APP_URL (null when it is not set).
 */
export function ownAddress(): string | null {
  const { appUrl, port, onVercel } = getEnv();
  return onVercel ? appUrl : `http://127.0.0.1:${port}`;
}
