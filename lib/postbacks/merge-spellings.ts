import { identity } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import type { Session } from '@/lib/db/session';
import { getProvider } from '@/lib/providers';
import type { Provider, Signer } from '@/lib/providers/provider';
import { invoiceRows } from './invoice-rows';
import { writeParameters } from './ledger';
import { foldHistory, type History, type HistoryRow, readHistory, replayInvoice } from './replay';
import { WRITE } from './statements';
import { storedEvent } from './stored-event';

/**
 * Since ids are compared by meaning, invoices that were told apart by the case of a session's id are one, and transfers
 * that were told apart by the spelling of a hash are one. Their postbacks are replayed in the order of their receipt.
 */

type Runner = Pick<Database, 'run'>;

interface Affected {
  readonly id: string;
  readonly project_id: string;
  readonly project: string;
  readonly provider: string;
  readonly names_searchable: boolean;
  readonly provider_invoice_id: string;
  readonly signer: Signer;
}

interface Member extends Affected, History {}

/** A postback and the invoice in whose order it has its position. */
interface Placed extends HistoryRow {
  readonly invoiceId: string;
}

/** Several invoices that are one, or one that has another id from now on. */
interface Merge {
  readonly id: string;
  readonly members: readonly Member[];
  /** All of theirs in the order of receipt. */
  readonly postbacks: readonly Placed[];
  readonly provider: Provider;
}

/** Data that cannot be migrated; the message names it. Nothing was changed. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused';
}

const MAX_NAMED = 50;
const FIRST_POSITION = 1_000;

/** Which invoices a comparison by meaning may change. All are read once. */
const AFFECTED = `
  select i.id::text as id, i.project_id::text as project_id, p.name as project, p.provider, p.names_searchable,
         i.provider_invoice_id, i.signer
    from invoices i join projects p on p.id = i.project_id
   where (p.provider = 'novapay'
          and translate(i.provider_invoice_id, 'abcdefghijklmnopqrstuvwxyz0123456789-', '') <> '')
      or exists (select from json_array_elements(i.state -> 'transfers') t, json_array_elements_text(t -> 'hashes') h
                  where h ~* '^(0x)?[0-9a-f]+$'
                  group by lower(regexp_replace(h, '^0x', '', 'i')) having count(distinct h) > 1)
      or exists (select from json_array_elements(i.state -> 'payments') t
                  where t ->> 'externalId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                  group by lower(t ->> 'externalId') having count(*) > 1)
      -- What version 0.1 wrote has no refunds and one word of the carrier.
      or exists (select from json_array_elements(i.state -> 'payments') t where t -> 'refunds' is null)
      or i.state -> 'delivery' -> 'carrier' -> 'status' is not null
      or exists (select from postbacks b where b.invoice_id = i.id and b.outcome = 'contradiction')
   order by i.id`;

const SAME_ID = `
  select i.id::text as id, i.project_id::text as project_id, p.name as project, p.provider, p.names_searchable,
         i.provider_invoice_id, i.signer
    from invoices i join projects p on p.id = i.project_id where i.id = any ($1::text[]::uuid[])`;

export async function mergeSpellings(session: Session): Promise<void> {
  const database: Runner = {
    run: async <Row>({ text }: { readonly text: string }, parameters: Parameters<Runner['run']>[1]) => [
      ...(await session.query<Row>(text, parameters)),
    ],
  };
  const affected = await session.query<Affected>(AFFECTED);
  const ids = new Map(affected.map((invoice) => [invoice.id, idByMeaning(invoice)]));
  const groups = new Map<string, Affected[]>();
  for (const invoice of affected) {
    const id = ids.get(invoice.id) ?? invoice.id;
    if (id !== invoice.id) groups.set(id, [...(groups.get(id) ?? []), invoice]);
  }
  const others = await session.query<Affected>(SAME_ID, [[...groups.keys()]]);
  const problems: string[] = [];
  const merges: Merge[] = [];
  for (const [id, invoices] of groups) {
    const all = [...invoices, ...others.filter((other) => other.id === id)];
    const merge = await readMerge(database, id, all, problems);
    if (merge) merges.push(merge);
  }
  if (problems.length > 0) throw refusal(problems);
  for (const merge of merges) await writeMerge(database, merge);
  const merged = new Set(merges.flatMap(({ members }) => members.map(({ id }) => id)));
  let replayed = 0;
  for (const invoice of affected) {
    if (!merged.has(invoice.id)) replayed += Number((await replayInvoice(database, invoice)).changed);
  }
  report(merges, replayed);
}

function idByMeaning({ id, project_id, provider, provider_invoice_id: sent, signer }: Affected): string {
  const known = getProvider(provider);
  return known ? identity(project_id, known.normaliseInvoiceId(sent), signer) : id;
}

/** Null where something of it cannot be read, which is added to the problems. */
async function readMerge(
  database: Runner,
  id: string,
  invoices: readonly Affected[],
  problems: string[],
): Promise<Merge | null> {
  const members: Member[] = [];
  const before = problems.length;
  const provider = getProvider(invoices[0]?.provider ?? '');
  for (const invoice of invoices) {
    const name = `invoice ${invoice.provider_invoice_id} (${invoice.id}) of ${invoice.project}`;
    try {
      const history = await readHistory(database, invoice.id);
      members.push({ ...invoice, ...history });
      if (history.postbacks.length === 0) problems.push(`${name} has no postback to make it from`);
      problems.push(...history.postbacks.flatMap((row) => problemOf(row, provider)).map((said) => `${name}: ${said}`));
    } catch (error) {
      problems.push(`${name}: ${messageOf(error)}`);
    }
  }
  if (!provider || problems.length > before) return null;
  const postbacks = members
    .flatMap((member) => member.postbacks.map((row): Placed => ({ ...row, invoiceId: member.id })))
    .sort(byReceipt);
  return { id, members, postbacks, provider };
}

function problemOf(
  { id, bytes, key_id: keyId, payload, verified }: HistoryRow,
  provider?: Provider,
): readonly string[] {
  try {
    const event = storedEvent({ id, body: bytes, keyId, event: payload }, provider);
    return event && verified ? [] : [`postback ${id} has neither a body that can be read nor an event`];
  } catch (error) {
    return [`postback ${id}: ${messageOf(error)}`];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function byReceipt(a: HistoryRow, b: HistoryRow): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.version - b.version || (a.id < b.id ? -1 : 1);
}

function refusal(problems: readonly string[]): UpgradeRefused {
  const more = problems.length > MAX_NAMED ? [`and ${problems.length - MAX_NAMED} more`] : [];
  const named = [...problems.slice(0, MAX_NAMED), ...more].join('\n  ');
  return new UpgradeRefused(
    `The upgrade changed nothing, because invoices whose ids differ only in spelling cannot be merged:\n  ${named}`,
  );
}

async function writeMerge(database: Runner, { id, members, postbacks, provider }: Merge): Promise<void> {
  const [first] = members;
  const state = foldHistory(
    postbacks,
    provider,
    members.map((member) => member.state),
  );
  if (!first || !state) throw new Error(`Invoice ${id} has no postbacks`);
  const lastPosition = FIRST_POSITION + postbacks.length - 1;
  const known = members.find((member) => member.id === id)?.version ?? 0;
  const rows = invoiceRows({
    id,
    projectId: first.project_id,
    namesSearchable: first.names_searchable,
    state,
    version: Math.max(known + 1, Math.floor(lastPosition / FIRST_POSITION)),
    updatedAt: postbacks.at(-1)?.at ?? '',
  });
  const old = members.flatMap((member) => (member.id === id ? [] : [member.id]));
  const run = (text: string, parameters: Parameters<Runner['run']>[1]): Promise<unknown[]> =>
    database.run({ name: null, text }, parameters);
  const resolutions = await takeResolutions(database, [id, ...old]);
  const written = await database.run(WRITE, writeParameters({ invoices: [rows], postbacks: [], repeats: [] }));
  if (written.length === 0)
    throw new UpgradeRefused(`Invoice ${id} was written meanwhile; stop every older server first.`);
  await run('update postbacks set position = -position where invoice_id = any ($1::text[]::uuid[])', [[id, ...old]]);
  await run(
    `update postbacks p set position = x.position
       from json_to_recordset($1::json) as x(invoice_id uuid, before int, position int)
      where p.invoice_id = x.invoice_id and p.position = -x.before`,
    [JSON.stringify(postbacks.map(placeOf))],
  );
  for (const table of ['postbacks', 'invoice_notes', 'invoice_marks'])
    await run(`update ${table} set invoice_id = $1::uuid where invoice_id = any ($2::text[]::uuid[])`, [id, old]);
  for (const table of ['transactions', 'deliveries'])
    await run(`delete from ${table} where invoice_id = any ($1::text[]::uuid[])`, [old]);
  await run('delete from invoices where id = any ($1::text[]::uuid[])', [old]);
  await run(
    `insert into merged_invoices (id, invoice_id, project_id)
     select old, $1::uuid, $2::uuid from unnest($3::text[]::uuid[]) as old`,
    [id, first.project_id, old],
  );
  await giveResolutions(database, resolutions, id);
}

function placeOf({ invoiceId, version }: Placed, index: number): Readonly<Record<string, string | number>> {
  return { invoice_id: invoiceId, before: version, position: FIRST_POSITION + index };
}

interface Resolution {
  readonly staff_id: string;
  readonly failure_reasons: readonly string[];
  readonly note: string;
  readonly created_at: string;
}

/** Newest first. */
function takeResolutions(database: Runner, invoiceIds: readonly string[]): Promise<Resolution[]> {
  const text = `
    with taken as (
      delete from delivery_resolutions r using deliveries d
       where d.id = r.delivery_id and d.invoice_id = any ($1::text[]::uuid[]) returning r.*
    )
    select staff_id::text as staff_id, failure_reasons, note,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at
    from taken order by taken.created_at desc`;
  return database.run<Resolution>({ name: null, text }, [invoiceIds]);
}

/** A delivery has one: the newest, for all that was resolved. What the others said stays as notes. */
async function giveResolutions(database: Runner, resolutions: readonly Resolution[], invoiceId: string): Promise<void> {
  const [newest, ...others] = resolutions;
  if (!newest) return;
  const reasons = [...new Set(resolutions.flatMap((resolution) => resolution.failure_reasons))];
  const text = `
    insert into delivery_resolutions (delivery_id, staff_id, failure_reasons, note, created_at)
    select d.id, $2::uuid, $3::text[], $4::text, $5::timestamptz from deliveries d where d.invoice_id = $1::uuid`;
  const { staff_id: staffId, note, created_at: createdAt } = newest;
  await database.run({ name: null, text }, [invoiceId, staffId, reasons, note, createdAt]);
  for (const other of others) {
    const noted = `
      insert into invoice_notes (id, invoice_id, staff_id, text, created_at)
      values (gen_random_uuid(), $1::uuid, $2::uuid, $3::text, $4::timestamptz)`;
    await database.run({ name: null, text: noted }, [invoiceId, other.staff_id, other.note, other.created_at]);
  }
}

function report(merges: readonly Merge[], replayed: number): void {
  const gone = merges.reduce((sum, { members }) => sum + members.length - 1, 0);
  const into = merges.filter(({ members }) => members.length > 1).length;
  const renamed = merges.length - into;
  const said = [
    gone > 0 ? [`${gone + into} invoices whose ids differ only in spelling were merged into ${into}`] : [],
    renamed > 0 ? [`the ids of ${renamed} invoices were rewritten`] : [],
    replayed > 0 ? [`${replayed} invoices were computed again from their postbacks`] : [],
  ].flat();
  if (said.length > 0) process.stderr.write(`Ids are now compared by meaning: ${said.join('; ')}.\n`);
}
