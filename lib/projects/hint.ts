import { createHash, createPublicKey } from 'node:crypto';
import type { Provider } from '@/lib/providers/provider';

const SHOWN = 4;

/** What staff sees instead of a secret, enough to tell two apart: its end, or the fingerprint of a public key. */
export function credentialHint(provider: Provider, value: string): string {
  return provider.credential === 'public_key' ? fingerprint(value) : value.slice(-SHOWN);
}

/** The same digits as `openssl pkey -pubin -outform der | sha256sum`, the first eight bytes of them. */
function fingerprint(pem: string): string {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  const digits = createHash('sha256').update(der).digest('hex').slice(0, 16);
  return digits.match(/../g)?.join(':') ?? digits;
}
