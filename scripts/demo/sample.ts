import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';

/** A genuine body of the provider's, whose fields a story then makes its own. */
export function sampleOf(providerId: string, name: string, now: Date): Fields {
  const sample = getProvider(providerId)?.samples.find((each) => each.name === name);
  if (!sample) throw new Error(`${providerId} has no sample called ${name}.`);
  return sample.build(now);
}
