import { createFamilyMember, samples } from '../cryptocloud-family';
import type { Provider } from '../provider';

export const cryptocloud: Provider = createFamilyMember({ id: 'cryptocloud', label: 'CryptoCloud', samples });
