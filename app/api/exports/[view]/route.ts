import { getLocale, getTranslations } from 'next-intl/server';
import { absoluteTime } from '@/components/ui/clock';
import { orUnavailable } from '@/lib/db/or-unavailable';
import { exportableViews, filesNeeded, permitted, readAsked } from '@/lib/exports/ask';
import { exportFile, guardedStream } from '@/lib/exports/export-file';
import type { ExportRequest, Problem } from '@/lib/exports/request';
import { exportsFull } from '@/lib/exports/running';
import { isView } from '@/lib/exports/view-names';
import type { SheetWords } from '@/lib/exports/xlsx-file';
import { listProjectChoices } from '@/lib/projects/choices';
import { type Params, paramsOf } from '@/lib/query-string';
import { secondsUntil } from '@/lib/retry-after';
import { recordLookups } from '@/lib/search/people-quota';
import { type Access, may } from '@/lib/staff/access';
import { getTimeZone } from '@/lib/staff/queries';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { staffOrNull } from '@/lib/staff/session';

export const dynamic = 'force-dynamic';
export const maxDuration = 300;

const HEADERS = { 'cache-control': 'private, no-store, no-transform', 'x-accel-buffering': 'no' };

const FULL = { own: 429, all: 503 } as const;
/** After this long another export may have ended. */
const FULL_MS = 30_000;

interface Context {
  readonly params: Promise<{ readonly view: string }>;
}

type Decided =
  | { readonly ok: true; readonly access: Access; readonly request: ExportRequest }
  | { readonly ok: false; readonly status: number; readonly problem: Problem; readonly retryAt?: Date };

async function get(request: Request, context: Context): Promise<Response> {
  const { searchParams, search } = new URL(request.url);
  const decided = await decide((await context.params).view, paramsOf(searchParams));
  if (!decided.ok) return refusal(decided.status, decided.problem, decided.retryAt);
  const words = await wordsOf(decided.request);
  const full = exportsFull(decided.access);
  if (full) return refusal(FULL[full], { code: `full.${full}`, value: '' }, new Date(Date.now() + FULL_MS));
  const file = exportFile(decided.access, decided.request, search.slice(1), words);
  return new Response(guardedStream(decided.access, file.bytes), {
    headers: {
      ...HEADERS,
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.name}"`,
    },
  });
}

/** Headers of a CSV file are a contract; a workbook is read by people. */
async function wordsOf({ view }: ExportRequest): Promise<SheetWords> {
  const [views, columns] = await Promise.all([getTranslations('exports.view'), getTranslations('exports.columns')]);
  return { sheet: views(view), column: (name) => (columns.has(name) ? columns(name) : name) };
}

/** The same answer without the file: Next would make one that nobody reads. */
async function head(request: Request, context: Context): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const decided = await decide((await context.params).view, paramsOf(searchParams));
  const full = decided.ok ? exportsFull(decided.access) : null;
  const status = full ? FULL[full] : 200;
  return new Response(null, { status: decided.ok ? status : decided.status, headers: HEADERS });
}

/** Who, then what, then how: nobody learns of a file that is not for them. */
async function decide(path: string, params: Params): Promise<Decided> {
  const no = (status: number, code: string, value = ''): Decided => ({ ok: false, status, problem: { code, value } });
  const access = await staffOrNull();
  if (!access) return no(401, 'signIn');
  const view = path.endsWith('.csv') ? path.slice(0, -4) : '';
  if (!isView(view)) return no(404, 'view', path);
  if (!exportableViews(access).includes(view)) return no(403, 'role');
  const [zone, projects] = await Promise.all([getTimeZone(), listProjectChoices(access)]);
  const { request: wanted, problems } = readAsked(view, params, zone, projects);
  const [problem] = problems;
  if (problem) return no(400, problem.code, problem.value);
  if (wanted.people && !may(access, 'exportPeople')) return no(403, 'peopleRole');
  if (wanted.people && !(await hasRecentPassword(access))) return no(403, 'password');
  if (view === 'audit') await recordLookups();
  const request = await permitted(access, wanted);
  const blockedUntil = request.filters.invoices.permission?.blockedUntil;
  if (blockedUntil) {
    const time = absoluteTime(blockedUntil.toISOString(), zone, await getLocale());
    return { ok: false, status: 429, problem: { code: 'peopleQuota', value: time }, retryAt: blockedUntil };
  }
  const files = request.format === 'csv' ? await filesNeeded(access, request) : 1;
  if (files > 1) return no(400, 'severalFiles', String(files));
  return { ok: true, access, request };
}

async function refusal(status: number, { code, value }: Problem, retryAt?: Date): Promise<Response> {
  const t = await getTranslations('exports.problem');
  const error = t.has(code) ? t(code, { value }) : t('other', { field: code, value });
  const headers = new Headers(HEADERS);
  if (retryAt) headers.set('retry-after', secondsUntil(retryAt));
  return Response.json({ error }, { status, headers });
}

export const GET = orUnavailable(get);
export const HEAD = orUnavailable(head);
