import { KEEP_DAYS, type KeepDays } from '@/lib/retention/settings';

/** How the address and the form write a choice. */
export function writeChoice(days: KeepDays): string {
  return days === null ? 'ever' : String(days);
}

/** Null: nothing that can be chosen. */
export function readChoice(text: unknown): { readonly days: KeepDays } | null {
  const index = KEEP_DAYS.findIndex((days) => writeChoice(days) === text);
  const days = KEEP_DAYS[index];
  return days === undefined ? null : { days };
}
