import { and, desc, eq, sql } from 'drizzle-orm';
import { origin } from '@/lib/audit/record';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { invoiceNotes, invoices, staff } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

export const LONGEST_NOTE = 4_000;

export type NoteAdded = 'added' | 'known' | 'empty' | 'too_long' | 'no_invoice';

export interface NewNote {
  /** Made with the form: pressing its button twice is one note. */
  readonly id: string;
  readonly invoiceId: string;
  readonly text: string;
}

/** The note and its audit record, or neither. */
const ADD = {
  name: 'add_invoice_note',
  text: `
    with added as (
      insert into invoice_notes (id, invoice_id, staff_id, text)
      select $1::uuid, i.id, $3::uuid, $4::text from invoices i
      where i.id = $2::uuid and ($5::boolean or i.project_id = any($6::text[]::uuid[]))
      on conflict (id) do nothing
      returning id, invoice_id
    ), logged as (
      insert into audit_log (staff_id, address, request_id, project_id, action, object, after)
      select $3::uuid, $7::text, $8::text, i.project_id, 'invoice.note', i.id::text, jsonb_build_object('note', a.id)
      from added a join invoices i on i.id = a.invoice_id
    )
    select id::text as id from added`,
};

const KNOWN = {
  name: 'known_invoice_note',
  text: `select 1 as found from invoice_notes where id = $1::uuid and invoice_id = $2::uuid and staff_id = $3::uuid`,
};

/** A form sends CRLF for every line. */
export function tidyText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim();
}

export async function addNote(access: Access, { id, invoiceId, text }: NewNote): Promise<NoteAdded> {
  const written = tidyText(text);
  if (written === '') return 'empty';
  if (written.length > LONGEST_NOTE) return 'too_long';
  const database = await getDatabase();
  const everywhere = access.projects === 'all';
  const projectIds = access.projects === 'all' ? [] : access.projects;
  const parameters = [id, invoiceId, access.staffId, written, everywhere, projectIds, ...origin(access)];
  const added = await database.run(ADD, parameters);
  if (added.length > 0) return 'added';
  const known = await database.run(KNOWN, [id, invoiceId, access.staffId]);
  return known.length > 0 ? 'known' : 'no_invoice';
}

const NO_POSITION = sql`0`;

async function selectNotes(access: Access, { invoiceId, before, limit }: TimelineRequest) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ id: invoiceNotes.id, at: invoiceNotes.createdAt, text: invoiceNotes.text, author: staff.name })
    .from(invoiceNotes)
    .innerJoin(invoices, eq(invoices.id, invoiceNotes.invoiceId))
    .innerJoin(staff, eq(staff.id, invoiceNotes.staffId))
    .where(
      and(
        eq(invoiceNotes.invoiceId, invoiceId),
        inProjects(access, invoices.projectId),
        beforeCursor(invoiceNotes.createdAt, NO_POSITION, invoiceNotes.id, before),
      ),
    )
    .orderBy(desc(invoiceNotes.createdAt), desc(invoiceNotes.id))
    .limit(limit);
}

/** What a member of staff wrote. */
export interface NoteEntry {
  readonly kind: 'note';
  readonly id: string;
  readonly at: string;
  readonly position: 0;
  readonly text: string;
  readonly author: string;
}

export async function listNotes(access: Access, request: TimelineRequest): Promise<readonly NoteEntry[]> {
  const rows = await selectNotes(access, request);
  return rows.map((row) => ({ ...row, kind: 'note', position: 0 }));
}
