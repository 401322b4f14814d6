import { retold } from '@/lib/fold/histories.testing';
import type { Receipt } from '@/lib/fold/state';

/** The same messages with the same times of receipt, processed in another order and again until there are so many. */
export function longer(history: readonly Receipt[], seed: number, length: number): readonly Receipt[] {
  const told: Receipt[] = [];
  for (let round = 0; told.length < length; round += 1) told.push(...retold(history, seed + round));
  return told.slice(0, Math.max(length, history.length));
}
