import type { Access } from '@/lib/staff/access';
import { dateIn, periodDates } from '@/lib/zone';
import { filePath, pagePath } from './address';
import { isStatement, PRESETS } from './preset-names';
import { listSaved, type SavedExport } from './saved';

/** Saved exports of the month before, whichever that is when they are looked at. */

function zoneOf({ query }: SavedExport, zone: string): string {
  return new URLSearchParams(query).get('tz') ?? zone;
}

function lastMonth(saved: SavedExport, zone: string, now: Date): { readonly from: string; readonly to: string } {
  return periodDates('last_month', dateIn(zoneOf(saved, zone), now));
}

/** The file itself; with people the page that asks for the password first. */
export function monthlyPath(saved: SavedExport, zone: string, now: Date): string {
  const { from, to } = lastMonth(saved, zone, now);
  const query = new URLSearchParams(saved.query);
  query.set('from', from);
  query.set('to', to);
  if (query.has('people')) return pagePath(saved.view, query);
  // How many files a month takes is known when it is over.
  if (PRESETS.some((preset) => isStatement(preset) && preset === query.get('preset'))) query.set('format', 'zip');
  return filePath(saved.view, query);
}

/** `October 2026`. */
export function monthName(saved: SavedExport, zone: string, now: Date, locale: string): string {
  const { from } = lastMonth(saved, zone, now);
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${from}T00:00:00Z`));
}

/** Those whose month has just ended where they are counted: offered for the first day of the next. */
export async function offeredToday(access: Access, zone: string, now: Date): Promise<readonly SavedExport[]> {
  const saved = await listSaved(access);
  return saved.filter((one) => one.monthly && dateIn(zoneOf(one, zone), now).endsWith('-01'));
}
