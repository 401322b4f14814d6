import { addDays } from './zone';

/** A month and a little: what one screen adds up while somebody waits. */
const NARROW_DAYS = 35;

/** Whether a period is closed and short, so that all that lies in it may be read at once. */
export function isNarrow({ from, to }: { readonly from: string | null; readonly to: string | null }): boolean {
  return from !== null && to !== null && to <= addDays(from, NARROW_DAYS);
}
