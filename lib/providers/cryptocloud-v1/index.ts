import { createFamilyMember, flatSamples } from '../cryptocloud-family';
import type { Provider } from '../provider';

export const cryptocloudV1: Provider = createFamilyMember({
  id: 'cryptocloud-v1',
  label: 'CryptoCloud API v1',
  samples: flatSamples,
});
