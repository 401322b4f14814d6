import { getProvider, PROVIDERS } from '@/lib/providers';
import type { Provider } from '@/lib/providers/provider';
import { CommandError } from '../command';

export function toProvider(id: string): Provider {
  const provider = getProvider(id);
  if (provider !== undefined) return provider;
  throw new CommandError(`--provider must be one of ${PROVIDERS.map((known) => known.id).join(', ')}.`);
}
