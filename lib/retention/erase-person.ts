import { actorOf, loggedAct } from '@/lib/audit/record';
import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { storedState } from '@/lib/postbacks/ledger';
import { UNSUPPORTED_REASONS } from '@/lib/postbacks/unsupported';
import { yieldToPriorityWork } from '@/lib/priority';
import { type Access, may, maySeeProject } from '@/lib/staff/access';
import { type BodyRow, bytesOf, leftoverOf } from './bodies';
import { type Identity, identityOf, joinIdentities, mentions, withoutPerson } from './person';

/** What was deleted. Nothing here names whom it was about. */
export interface Erased {
  readonly invoices: number;
  readonly bodies: number;
  readonly notes: number;
}

interface InvoiceRow {
  readonly project_id: string;
  readonly version: number;
  readonly payload: string;
  readonly sealed: string | null;
  readonly key_id: string | null;
}

interface NoteRow {
  readonly kind: 'note' | 'resolution';
  readonly id: string;
  readonly text: string;
}

const MAX_RACES = 10;
const SCAN = 200;

const INVOICE: Statement = {
  name: 'erase_invoice',
  text: `select i.project_id::text as project_id, i.version, i.state::text as payload, encode(i.people, 'base64') as sealed,
      i.encryption_key_id as key_id from invoices i where i.id = $1::uuid`,
};

const BODIES: Statement = {
  name: 'erase_bodies',
  text: `select p.id::text as id, encode(p.body, 'base64') as body, p.encryption_key_id as key_id, p.event::text as event,
      p.position, pr.provider
    from postbacks p join projects pr on pr.id = p.project_id where p.invoice_id = $1::uuid and p.body is not null`,
};

const NOTES: Statement = {
  name: 'erase_notes',
  text: `
    select 'note' as kind, n.id::text as id, n.text from invoice_notes n where n.invoice_id = $1::uuid
    union all
    select 'mark', m.id::text, m.note from invoice_marks m where m.invoice_id = $1::uuid and m.note <> ''
    union all
    select 'resolution', r.delivery_id::text, r.note from delivery_resolutions r
      join deliveries d on d.id = r.delivery_id where d.invoice_id = $1::uuid`,
};

/**
 * $1 invoice, $2 its version as read, $3 events in the place of bytes, $4 notes as they are to read. The version moves
 * on, so that a postback which was read before cannot write the person back.
 */
const ERASE: Statement = {
  name: 'erase_write',
  text: `
    with gone as (
      update invoices i set people = null, encryption_key_id = null, customer_name = null, version = i.version + 1,
        search = array_to_tsvector(
          array(select t.lexeme from unnest(i.search) t where left(t.lexeme, 2) not in ('p:', 'e:', 'n:')))
      where i.id = $1::uuid and i.version = $2::int
      returning i.id, i.project_id
    ), bodies as (
      update postbacks p set body = null, encryption_key_id = null, body_hash = null, request = null,
        request_key_id = null, event = coalesce((select x.event from json_to_recordset($3::json) as x(id uuid, event json) where x.id = p.id), p.event)
      from gone where p.invoice_id = gone.id
        and (p.body is not null or p.body_hash is not null or p.request is not null)
    ), parcels as (
      update deliveries d set recipient_name = null from gone where d.invoice_id = gone.id
    ), notes as (
      update invoice_notes n set text = x.text
      from gone, json_to_recordset($4::json) as x(kind text, id uuid, text text)
      where x.kind = 'note' and n.id = x.id and n.invoice_id = gone.id
    ), marks as (
      update invoice_marks m set note = x.text
      from gone, json_to_recordset($4::json) as x(kind text, id uuid, text text)
      where x.kind = 'mark' and m.id = x.id and m.invoice_id = gone.id
    ), resolutions as (
      update delivery_resolutions r set note = x.text
      from gone, json_to_recordset($4::json) as x(kind text, id uuid, text text)
      where x.kind = 'resolution' and r.delivery_id = x.id
    ),
    ${loggedAct(6, 'gone', `'person.erase'`, {
      project: 'project_id',
      detail: `jsonb_build_object('invoices', 1, 'bodies', $5::int, 'notes', json_array_length($4::json))`,
    })}
    select id::text as id from gone`,
};

/** $1 project, $2 after this id: what was refused or could not be read belongs to no invoice. */
const LOOSE: Statement = {
  name: 'erase_loose',
  text: `select p.id::text as id, encode(p.body, 'base64') as body, p.encryption_key_id as key_id, p.event::text as event,
      p.position, pr.provider, p.reason
    from postbacks p join projects pr on pr.id = p.project_id
    where p.project_id = $1::uuid and p.id > $2::text::uuid and p.invoice_id is null and p.body is not null
    order by p.id limit ${SCAN}`,
};

const ERASE_LOOSE: Statement = {
  name: 'erase_loose_write',
  text: `
    with gone as (
      update postbacks set body = null, encryption_key_id = null, request = null, request_key_id = null
      where id::text = any ($1::text[]) and body is not null returning id, project_id
    ),
    counted as (select project_id, count(*) as bodies from gone group by project_id),
    ${loggedAct(2, 'counted', `'person.erase'`, {
      project: 'project_id',
      detail: `jsonb_build_object('invoices', 0, 'bodies', bodies, 'notes', 0)`,
    })}
    select id::text as id from gone`,
};

/**
 * Deletes what is known of the people of these invoices: the money stays, and a replay afterwards finds nobody. Written
 * down as it is done, by project and count. Invoices that are not theirs to see are left out.
 */
export async function erasePeople(access: Access, invoiceIds: readonly string[]): Promise<Erased> {
  const total = { invoices: 0, bodies: 0, notes: 0 };
  if (!may(access, 'managePeopleData')) return total;
  const database = await getDatabase();
  const known = new Map<
    string,
    { identities: Identity[]; erased: { invoices: number; bodies: number; notes: number } }
  >();
  for (const id of new Set(invoiceIds)) {
    const one = await eraseInvoice(database, access, id);
    if (!one) continue;
    const project = known.get(one.projectId) ?? { identities: [], erased: { invoices: 0, bodies: 0, notes: 0 } };
    project.identities.push(one.identity);
    project.erased.invoices += 1;
    project.erased.bodies += one.bodies;
    project.erased.notes += one.notes;
    known.set(one.projectId, project);
  }
  const everything = joinIdentities([...known.values()].flatMap(({ identities }) => identities));
  for (const [projectId, { erased }] of known) {
    erased.bodies += await eraseLoose(database, access, projectId, everything);
    total.invoices += erased.invoices;
    total.bodies += erased.bodies;
    total.notes += erased.notes;
  }
  return total;
}

interface ErasedInvoice extends Omit<Erased, 'invoices'> {
  readonly projectId: string;
  readonly identity: Identity;
}

/** Null: there is no such invoice, or it is not theirs. */
async function eraseInvoice(database: Database, access: Access, id: string): Promise<ErasedInvoice | null> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const [invoice] = await database.run<InvoiceRow>(INVOICE, [id]);
    if (!invoice || !maySeeProject(access, invoice.project_id)) return null;
    const [bodies, notes] = await Promise.all([
      database.run<BodyRow>(BODIES, [id]),
      database.run<NoteRow>(NOTES, [id]),
    ]);
    const identity = identityOf(storedState(id, invoice).people);
    const events = bodies.map((row) => ({ id: row.id, event: leftoverOf(row)?.event ?? null }));
    const cleaned = notes
      .map((note) => ({ ...note, text: withoutPerson(note.text, identity), before: note.text }))
      .filter(({ text, before }) => text !== before)
      .map(({ kind, id: noteId, text }) => ({ kind, id: noteId, text }));
    const parameters = [
      id,
      invoice.version,
      JSON.stringify(events),
      JSON.stringify(cleaned),
      bodies.length,
      ...actorOf(access),
    ];
    const written = await database.run(ERASE, parameters);
    if (written.length > 0)
      return { projectId: invoice.project_id, identity, bodies: bodies.length, notes: cleaned.length };
  }
  throw new Error(`Invoice ${id} was written by others at every try; erase it again`);
}

interface LooseRow extends BodyRow {
  readonly reason: string | null;
}

/** Nobody can look into these for a person, so all of them go. */
const UNSEARCHABLE: ReadonlySet<string | null> = new Set([...UNSUPPORTED_REASONS, 'bad_encoding']);

function mayBeAbout(row: LooseRow, identity: Identity): boolean {
  return UNSEARCHABLE.has(row.reason) || mentions(bytesOf(row), identity);
}

async function eraseLoose(database: Database, access: Access, projectId: string, identity: Identity): Promise<number> {
  let [erased, after] = [0, '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const rows = await database.run<LooseRow>(LOOSE, [projectId, after]);
    const last = rows.at(-1);
    if (!last) return erased;
    const about = rows.filter((row) => mayBeAbout(row, identity)).map(({ id }) => id);
    if (about.length > 0) erased += (await database.run(ERASE_LOOSE, [about, ...actorOf(access)])).length;
    after = last.id;
    await yieldToPriorityWork();
  }
}
