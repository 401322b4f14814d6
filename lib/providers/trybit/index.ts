import { createFamilyMember, samples } from '../cryptocloud-family';
import type { Provider } from '../provider';

export const trybit: Provider = createFamilyMember({ id: 'trybit', label: 'Trybit', samples });
