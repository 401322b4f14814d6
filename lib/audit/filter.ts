import { isUuid } from '@/lib/cursor';
import {
  type ListFilter,
  listParams,
  type Notice,
  type Params,
  Reader,
  readList,
  type Scope,
  withQuery,
} from '@/lib/query-string';
import { readSort, type Sort, TIME_SORTS } from '@/lib/sort';

/** In the place of a member of staff: the operator's commands. Whatever else is logged was done by somebody signed in. */
export const COMMAND_LINE = 'command-line';

/** Which acts a list or a file is about; `q` is part of anything an entry says. */
export interface AuditFilter extends ListFilter {
  /** The id of a member, or COMMAND_LINE. */
  readonly who: string | null;
  /** Empty: every action. */
  readonly action: readonly string[];
  readonly sort: Sort;
}

/** What an action is called: words of small letters, joined by dots. New ones need no change here. */
export function isAction(text: string): text is string {
  return /^[a-z][a-z_]{0,39}(?:\.[a-z][a-z_]{0,39}){0,3}$/.test(text);
}

export function isWho(text: string): boolean {
  return text === COMMAND_LINE || isUuid(text);
}

export function readAuditFilter(
  params: Params,
  scope: Scope,
): { readonly filter: AuditFilter; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const filter = {
    ...readList(reader, scope),
    who: reader.one('who', (text) => (isWho(text) ? text : null)),
    action: reader.many('action', isAction),
    sort: readSort(reader, TIME_SORTS),
  };
  return { filter, notices: reader.notices };
}

export const AUDIT_PATH = '/settings/audit';

export function auditHref(filter: AuditFilter, zone: string, change: Partial<AuditFilter> = {}): string {
  const next: AuditFilter = { ...filter, after: null, ...change };
  const params = listParams(next, zone);
  if (next.who) params.set('who', next.who);
  for (const action of next.action) params.append('action', action);
  if (next.sort !== 'newest') params.set('sort', next.sort);
  return withQuery(AUDIT_PATH, params);
}

/** Whether anything but order and page is chosen. */
export function isFiltered({ q, provider, project, from, to, who, action }: AuditFilter): boolean {
  return Boolean(q || provider || project || from || to || who || action.length > 0);
}
