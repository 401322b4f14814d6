import { receivedInOrder, retold } from '@/lib/fold/histories.testing';
import type { Receipt } from '@/lib/fold/state';

/** The same messages in another order, told again and again until there are so many, received one a minute. */
export function longer(history: readonly Receipt[], seed: number, length: number): readonly Receipt[] {
  const told: Receipt[] = [];
  for (let round = 0; told.length < length; round += 1) told.push(...retold(history, seed + round));
  return receivedInOrder(told.slice(0, Math.max(length, history.length)));
}
