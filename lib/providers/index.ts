import { cryptocloud } from './cryptocloud';
import { cryptocloudV1 } from './cryptocloud-v1';
import { novapay } from './novapay';
import type { Provider } from './provider';
import { trybit } from './trybit';

const registered: Provider[] = [cryptocloud, cryptocloudV1, trybit, novapay];

export const PROVIDERS: readonly Provider[] = registered;

export function getProvider(id: string): Provider | undefined {
  return registered.find((provider) => provider.id === id);
}

/** For tests: adds a provider until the returned function is called. The product's own stand in the list above. */
export function registerProvider(provider: Provider): () => void {
  registered.push(provider);
  return () => {
    const index = registered.indexOf(provider);
    if (index !== -1) registered.splice(index, 1);
  };
}
