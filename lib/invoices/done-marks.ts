import { and, desc, eq, sql } from 'drizzle-orm';
import { origin } from '@/lib/audit/record';
import { identity } from '@/lib/crypto';
import { isUuid } from '@/lib/cursor';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { invoiceMarks, staff } from '@/lib/db/schema';
import { announce } from '@/lib/live';
import { inProjects } from '@/lib/projects/scope';
import type { FlagCode } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { tidyText } from './notes';
import { beforeCursor, type TimelineRequest } from './timeline-request';

export const MAX_DONE_NOTE = 1_000;
/** As many as a list of the queue holds. */
export const MAX_SELECTED = 100;

/** They tell how a postback was signed or sent, and nothing about its invoice. */
const FLAGS_OF_DELIVERY = [
  'unbound_token',
  'long_lived_token',
  'old_secret',
  'old_url',
  'legacy_signature',
  'no_details',
] as const satisfies readonly FlagCode[];

/** Whether a postback of `i` after the version `seen` raised attention: a conflict, money, a status, something unreadable. */
function raisedAfter(seen: string): string {
  const codes = FLAGS_OF_DELIVERY.map((code) => `'${code}'`).join(', ');
  return `exists (select from postbacks p
    where p.invoice_id = i.id and p.position >= (${seen} + 1) * 1000 and (p.outcome = 'contradiction'
      or p.changes ->> 'status' is not null or p.changes ->> 'amount' is not null
      or p.changes ->> 'failureReasons' is not null
      or exists (select from json_array_elements(p.flags) as f(flag) where f.flag ->> 'code' not in (${codes}))))`;
}

const LAST_MARK = `select m.done, m.version, m.created_at, m.note, m.staff_id from invoice_marks m
    where m.invoice_id = i.id order by m.created_at desc, m.id desc limit 1`;

/** The condition that the invoice `i` is done with; `since` narrows it to marks made at or after an instant. */
export function isDone(since?: string): string {
  const late = since === undefined ? '' : ` and m.created_at >= ${since}`;
  return `exists (select from (${LAST_MARK}) m where m.done${late} and not ${raisedAfter('m.version')})`;
}

/**
 * $1 mark ids, $2 invoices, $3 the versions that were on the screen, $4 member, $5 note, $6 all projects, $7 projects. The
 * marks and their audit entries, or neither; what changed since it was on the screen, or is done already, gets none.
 */
const MARK = {
  name: 'mark_invoices_done',
  text: `
    with wanted as (
      select x.id::uuid as id, x.invoice_id::uuid as invoice_id, x.version::int as version
      from unnest($1::text[], $2::text[], $3::text[]) as x(id, invoice_id, version)
    ), marked as (
      insert into invoice_marks (id, invoice_id, project_id, staff_id, done, note, version)
      select w.id, i.id, i.project_id, $4::uuid, true, $5::text, least(w.version, i.version)
      from wanted w join invoices i on i.id = w.invoice_id
      where ($6::boolean or i.project_id = any($7::text[]::uuid[]))
        and not ${isDone()} and not ${raisedAfter('least(w.version, i.version)')}
      on conflict (id) do nothing
      returning invoice_id, project_id
    ), logged as (
      insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
      select $4::uuid, $8::text, $9::text, project_id, 'invoice.done', invoice_id::text,
        jsonb_build_object('done', false), jsonb_build_object('done', true)
      from marked
    )
    select invoice_id::text as id from marked`,
};

/** The same without versions: only what is done can be put back. */
const UNMARK = {
  name: 'mark_invoices_not_done',
  text: `
    with wanted as (
      select x.id::uuid as id, x.invoice_id::uuid as invoice_id
      from unnest($1::text[], $2::text[]) as x(id, invoice_id)
    ), marked as (
      insert into invoice_marks (id, invoice_id, project_id, staff_id, done, note, version)
      select w.id, i.id, i.project_id, $3::uuid, false, '', i.version
      from wanted w join invoices i on i.id = w.invoice_id
      where ($4::boolean or i.project_id = any($5::text[]::uuid[])) and ${isDone()}
      on conflict (id) do nothing
      returning invoice_id, project_id
    ), logged as (
      insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
      select $3::uuid, $6::text, $7::text, project_id, 'invoice.not_done', invoice_id::text,
        jsonb_build_object('done', true), jsonb_build_object('done', false)
      from marked
    )
    select invoice_id::text as id from marked`,
};

/** An invoice as it was on the screen. */
export interface Seen {
  readonly invoiceId: string;
  readonly version: number;
}

export function writeSeen({ invoiceId, version }: Seen): string {
  return `${invoiceId}:${version}`;
}

/** Null for what no page of ours sent. */
export function readSeen(text: string): Seen | null {
  const [invoiceId = '', version = ''] = text.split(':');
  return isUuid(invoiceId) && /^\d{1,9}$/.test(version) ? { invoiceId, version: Number(version) } : null;
}

export interface DoneForm {
  /** Made with the form. */
  readonly id: string;
  readonly note: string;
  readonly seen: readonly Seen[];
}

export type MarkOutcome =
  /** `marked`: the invoices now done with. The others changed since they were seen, or were done already. */
  | { readonly outcome: 'marked'; readonly marked: readonly string[] }
  | { readonly outcome: 'too_long' }
  | { readonly outcome: 'too_many' };

function projectsOf(access: Access): readonly [everywhere: boolean, projects: readonly string[]] {
  return access.projects === 'all' ? [true, []] : [false, access.projects];
}

export async function markDone(access: Access, { id, note, seen }: DoneForm): Promise<MarkOutcome> {
  const text = tidyText(note);
  if (text.length > MAX_DONE_NOTE) return { outcome: 'too_long' };
  if (seen.length > MAX_SELECTED) return { outcome: 'too_many' };
  if (!may(access, 'writeNotes') || seen.length === 0) return { outcome: 'marked', marked: [] };
  const wanted = [...new Map(seen.map((one) => [one.invoiceId, one])).values()];
  const database = await getDatabase();
  const rows = await database.run<{ id: string }>(MARK, [
    wanted.map(({ invoiceId }) => identity(id, 'done', invoiceId)),
    wanted.map(({ invoiceId }) => invoiceId),
    wanted.map(({ version }) => String(version)),
    access.staffId,
    text,
    ...projectsOf(access),
    ...origin(access),
  ]);
  if (rows.length > 0) announce();
  return { outcome: 'marked', marked: rows.map((row) => row.id) };
}

/** Puts them back on the list; which of them were done. */
export async function markNotDone(
  access: Access,
  id: string,
  invoiceIds: readonly string[],
): Promise<readonly string[]> {
  if (!may(access, 'writeNotes') || invoiceIds.length === 0 || invoiceIds.length > MAX_SELECTED) return [];
  const wanted = [...new Set(invoiceIds)];
  const database = await getDatabase();
  const rows = await database.run<{ id: string }>(UNMARK, [
    wanted.map((invoiceId) => identity(id, 'not done', invoiceId)),
    wanted,
    access.staffId,
    ...projectsOf(access),
    ...origin(access),
  ]);
  if (rows.length > 0) announce();
  return rows.map((row) => row.id);
}

const OF_INVOICE = {
  name: 'done_mark_of_invoice',
  text: `select i.version, m.note, s.name as by, m.created_at::text as at
    from invoices i
    left join lateral (${LAST_MARK}) m on m.done and not ${raisedAfter('m.version')}
    left join staff s on s.id = m.staff_id
    where i.id = $1::uuid and ($2::boolean or i.project_id = any($3::text[]::uuid[]))`,
};

interface OfInvoiceRow {
  readonly version: number;
  readonly note: string | null;
  readonly by: string | null;
  readonly at: string | null;
}

export interface DoneState {
  readonly version: number;
  /** Null: nobody has dealt with it, or something came since. */
  readonly mark: { readonly note: string; readonly by: string; readonly at: string } | null;
}

export async function findDoneState(access: Access, invoiceId: string): Promise<DoneState | null> {
  const database = await databaseFor(access);
  const [row] = await database.run<OfInvoiceRow>(OF_INVOICE, [invoiceId, ...projectsOf(access)]);
  if (!row) return null;
  const { version, note, by, at } = row;
  return { version, mark: by === null || at === null ? null : { note: note ?? '', by, at: fromPostgres(at) } };
}

async function selectMarks(access: Access, { invoiceId, before, limit }: TimelineRequest) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: invoiceMarks.id,
      at: invoiceMarks.createdAt,
      done: invoiceMarks.done,
      text: invoiceMarks.note,
      author: staff.name,
    })
    .from(invoiceMarks)
    .innerJoin(staff, eq(staff.id, invoiceMarks.staffId))
    .where(
      and(
        eq(invoiceMarks.invoiceId, invoiceId),
        inProjects(access, invoiceMarks.projectId),
        beforeCursor(invoiceMarks.createdAt, sql`0`, invoiceMarks.id, before),
      ),
    )
    .orderBy(desc(invoiceMarks.createdAt), desc(invoiceMarks.id))
    .limit(limit);
}

/** Somebody dealt with what the invoice needed attention for, or put it back on the list. */
export interface DoneEntry {
  readonly kind: 'done' | 'not_done';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly text: string;
  readonly author: string;
}

export async function listDoneMarks(access: Access, request: TimelineRequest): Promise<readonly DoneEntry[]> {
  const rows = await selectMarks(access, request);
  return rows.map(({ done, ...row }) => ({ ...row, kind: done ? 'done' : 'not_done', position: 0 }));
}
