import { dateIn, periodDates } from '@/lib/zone';
import { takesOnlyPlainCsv } from './preset-names';
import { type ExportRequest, PARAMETERS, writtenFilters } from './request';
import type { ViewId } from './view-names';

/** A request as its URL: only what differs from the default, so that the same file has the same address. */
export function queryOf(request: ExportRequest, zone: string): URLSearchParams {
  const { filters, view } = request;
  const params = new URLSearchParams();
  const set = (name: string, value: string | null | false): void => {
    if (value) params.set(name, value);
  };
  set('from', request.from);
  set('to', request.to);
  set('tz', request.zone !== zone && request.zone);
  for (const project of request.projects) params.append('project', project);
  set('q', filters.invoices.q);
  set('provider', filters.invoices.provider);
  for (const [name, value] of writtenFilters(request)) params.append(name, value);
  set('unresolved', view === 'deliveries' && filters.deliveries.view === 'unresolved' && 'only');
  set('test', request.test !== 'exclude' && request.test);
  set('expected', request.expected && 'include');
  set('people', request.people && 'include');
  set('preset', request.preset !== 'everything' && request.preset);
  set('dialect', !takesOnlyPlainCsv(request.preset) && request.dialect);
  set('format', request.format !== 'csv' && request.format);
  set('sort', request.sort !== 'oldest' && request.sort);
  set('columns', request.columns?.join(',') ?? null);
  return params;
}

/** Where the file itself is. */
export function filePath(view: ViewId, query: URLSearchParams): string {
  const text = query.toString();
  return `/api/exports/${view}.csv${text ? `?${text}` : ''}`;
}

/** The page that shows what a file would hold. */
export function pagePath(view: ViewId, query: URLSearchParams): string {
  return `/exports?${new URLSearchParams([['view', view], ...query])}`;
}

/** What a list shows is what its file holds: the rows that files leave out unless asked for, and the order if one was chosen. */
export function pageOfList(view: ViewId, list: string): string {
  const { searchParams } = new URL(list, 'http://here.invalid');
  const known = new Set<string>(['q', 'provider', 'project', 'from', 'to', 'tz', 'sort', ...PARAMETERS[view]]);
  const query = new URLSearchParams([...searchParams].filter(([name]) => known.has(name)));
  if (known.has('test') && !query.has('test')) query.set('test', 'include');
  if (known.has('expected')) query.set('expected', 'include');
  if (view === 'deliveries' && searchParams.get('view') === 'unresolved') {
    query.set('unresolved', 'only');
    query.delete('status');
  }
  return pagePath(view, query);
}

/** The same for the month before the present one, in the zone it is for. */
export function ofLastMonth(query: URLSearchParams, zone: string, now: Date): URLSearchParams {
  const { from, to } = periodDates('last_month', dateIn(query.get('tz') ?? zone, now));
  const params = new URLSearchParams(query);
  params.set('from', from);
  params.set('to', to);
  return params;
}
