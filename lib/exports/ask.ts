import type { ProjectChoice } from '@/lib/projects/choices';
import { PROVIDERS } from '@/lib/providers';
import type { Params } from '@/lib/query-string';
import { withPermission } from '@/lib/search/condition';
import { type Access, may } from '@/lib/staff/access';
import { partsOf } from './parts';
import { isStatement } from './preset-names';
import { type ExportRequest, type Problem, readExportRequest } from './request';
import { columnNames } from './table';
import { VIEW_RIGHTS, VIEWS, type ViewId } from './view-names';

/** The files this member may have, in the order in which they are offered. */
export function exportableViews(access: Access): readonly ViewId[] {
  return may(access, 'exportFiles') ? VIEWS.filter((view) => maySee(access, view)) : [];
}

function maySee(access: Access, view: ViewId): boolean {
  const right = VIEW_RIGHTS[view];
  return right === undefined || may(access, right);
}

export interface Asked {
  readonly request: ExportRequest;
  readonly problems: readonly Problem[];
}

/** What a query asks for, for a page and for the file alike. */
export function readAsked(view: ViewId, params: Params, zone: string, projects: readonly ProjectChoice[]): Asked {
  const scope = { zone, providers: PROVIDERS.map(({ id }) => id), projects: projects.map(({ id }) => id) };
  return readExportRequest(view, params, scope, columnNames(view));
}

/** The same request, once it was asked whether its text may be looked for among customers. The audit log has none. */
export async function permitted(access: Access, request: ExportRequest): Promise<ExportRequest> {
  if (request.view === 'audit') return request;
  const { permission } = await withPermission(access, request.filters.invoices);
  if (permission === undefined) return request;
  const { invoices, transactions, deliveries, postbacks, audit } = request.filters;
  const filters = {
    invoices: { ...invoices, permission },
    transactions: { ...transactions, permission },
    deliveries: { ...deliveries, permission },
    postbacks: { ...postbacks, permission },
    audit,
  };
  return { ...request, filters };
}

/** How many files it takes. A program that takes one currency or so many lines a file cannot have the rest unseen. */
export async function filesNeeded(access: Access, request: ExportRequest): Promise<number> {
  if (!isStatement(request.preset)) return 1;
  const parts = await partsOf(access, request);
  return Math.max(
    1,
    parts.reduce((sum, { files }) => sum + files, 0),
  );
}
