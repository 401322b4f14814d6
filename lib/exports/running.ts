import type { Access } from '@/lib/staff/access';

/** Each takes a connection of the database and a good part of a processor. */
const MAX_RUNNING = 4;
/** So that one member, with downloads that nobody reads, leaves room for the others. */
const MAX_RUNNING_PER_MEMBER = 2;

const RUNNING = Symbol.for('tillbell.exports');
const shared: typeof globalThis & { [RUNNING]?: Map<string, number> } = globalThis;

/** How many exports of each member are under way in this process. */
function running(): Map<string, number> {
  shared[RUNNING] ??= new Map();
  return shared[RUNNING];
}

/** `own`: this member's are too many, whatever the others do; null: there is room for one more. */
export function exportsFull({ staffId }: Access): 'own' | 'all' | null {
  const counts = running();
  if ((counts.get(staffId) ?? 0) >= MAX_RUNNING_PER_MEMBER) return 'own';
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return all >= MAX_RUNNING ? 'all' : null;
}

/** Counts one until the returned function is called. */
export function countExport({ staffId }: Access): () => void {
  const counts = running();
  counts.set(staffId, (counts.get(staffId) ?? 0) + 1);
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    const left = (counts.get(staffId) ?? 1) - 1;
    if (left > 0) counts.set(staffId, left);
    else counts.delete(staffId);
  };
}
