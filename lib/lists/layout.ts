import { isUuid } from '@/lib/cursor';
import { type Notice, type Params, Reader } from '@/lib/query-string';
import { type ColumnSet, LIST_NAMES, type ListName } from './define-list';

/** How lists are drawn: remembered by the browser, save for columns that the address names. */

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export const TIME_STYLES = ['relative', 'absolute'] as const;
export type TimeStyle = (typeof TIME_STYLES)[number];

/** What a browser remembers, as the text of one cookie: `density=compact&invoices=time.order.amount`. */
export interface Remembered {
  readonly density: Density;
  readonly times: TimeStyle;
  readonly columns: Readonly<Partial<Record<ListName, readonly string[]>>>;
}

export function readRemembered(cookie: string): Remembered {
  const params = new URLSearchParams(cookie);
  const columns = LIST_NAMES.flatMap((view) => {
    const names = (params.get(view) ?? '').split('.').filter((name) => /^[a-z_]{1,24}$/.test(name));
    return names.length > 0 ? [[view, names.slice(0, 24)] as const] : [];
  });
  return {
    density: DENSITIES.find((one) => one === params.get('density')) ?? 'comfortable',
    times: TIME_STYLES.find((one) => one === params.get('times')) ?? 'relative',
    columns: Object.fromEntries(columns),
  };
}

export function writeRemembered({ density, times, columns }: Remembered): string {
  const params = new URLSearchParams();
  if (density !== 'comfortable') params.set('density', density);
  if (times !== 'relative') params.set('times', times);
  for (const view of LIST_NAMES) {
    const names = columns[view];
    if (names && names.length > 0) params.set(view, names.join('.'));
  }
  return params.toString();
}

export interface Layout {
  readonly density: Density;
  readonly times: TimeStyle;
  /** In the order of the list. */
  readonly columns: readonly string[];
  /** False: those of the list itself, of which narrow screens leave some out. */
  readonly chosen: boolean;
  /** What the address names, for links that keep it. */
  readonly given: readonly string[];
}

/** The address wins, then what was remembered, then what is usual. */
export function readLayout(
  params: Params,
  remembered: Remembered,
  { name: list, columns: set }: { readonly name: ListName; readonly columns: ColumnSet },
): { readonly layout: Layout; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const isColumn = (name: string): name is string => set.all.includes(name);
  const given = reader.many('columns', isColumn);
  const kept = (remembered.columns[list] ?? []).filter(isColumn);
  const wanted = given.length > 0 ? given : kept.length > 0 ? kept : set.usual;
  const { density, times } = remembered;
  const layout = { density, times, columns: columnsOf(set, wanted), chosen: !isUsual(set, wanted), given };
  return { layout, notices: reader.notices };
}

/** The same address with these columns; without any it names none. */
export function withColumns(href: string, columns: readonly string[]): string {
  if (columns.length === 0) return href;
  return `${href}${href.includes('?') ? '&' : '?'}columns=${columns.join(',')}`;
}

/** The row that stands open beside the list. */
export function readPanel(params: Params): { readonly panel: string | null; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const panel = reader.one('panel', (text) => (isUuid(text) ? text : null));
  return { panel, notices: reader.notices };
}

export function withPanel(href: string, id: string): string {
  return `${href}${href.includes('?') ? '&' : '?'}panel=${id}`;
}

/** Those of a list that somebody wanted, in the order in which they stand. */
export function columnsOf({ all, fixed }: ColumnSet, wanted: readonly string[]): readonly string[] {
  return all.filter((name) => name === fixed || wanted.includes(name));
}

export function isUsual(set: ColumnSet, columns: readonly string[]): boolean {
  return columnsOf(set, columns).join() === columnsOf(set, set.usual).join();
}
