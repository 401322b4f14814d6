import { addDays, monthStart } from '@/lib/zone';
import type { ExportRequest } from './request';
import type { ViewId } from './view-names';

/** What a file is called where that is not its view: the main file's rows are transactions of money. */
const NAMES: Readonly<Partial<Record<ViewId, string>>> = { invoices: 'money-movements', invoice_list: 'invoices' };

/** `invoices_2026-01_Europe-Kyiv`: what is in it, its period and the zone of that, in letters every disk takes. */
export function fileStem({ view, preset, from, to, zone }: ExportRequest): string {
  const what = preset === 'everything' ? (NAMES[view] ?? view) : preset;
  return [what, periodName(from, to), zone.replaceAll('/', '-')].join('_');
}

/** A month, a year or a day by its name; else the first and the last day. */
export function periodName(from: string | null, to: string | null): string {
  if (from === null && to === null) return 'all-time';
  if (from === null) return `until-${to === null ? '' : addDays(to, -1)}`;
  if (to === null) return `from-${from}`;
  if (from.endsWith('-01-01') && to === `${Number(from.slice(0, 4)) + 1}-01-01`) return from.slice(0, 4);
  if (from === monthStart(from) && to === monthStart(addDays(from, 31))) return from.slice(0, 7);
  const last = addDays(to, -1);
  return last === from ? from : `${from}_${last}`;
}

/** One file of several, by its currency and, where a program takes only so many lines, its number. */
export function partName(stem: string, unit: string, number: number | null): string {
  const name = unit.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40) || 'no-currency';
  return `${stem}_${name}${number === null ? '' : `_${number}`}.csv`;
}
