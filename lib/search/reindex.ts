import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { log } from '@/lib/log/log';
import { yieldToPriorityWork } from '@/lib/priority';
import { KINDS, type Kind, nameTerms, orderTerms, termOf } from './terms';

/**
 * Makes the terms of invoices that an earlier version wrote as this one makes them. It walks all invoices once, in the
 * background, goes on after a restart where it stopped, and writes only rows whose terms differ.
 */

/** Higher with every change of what `terms.ts` makes of the same invoice; 1 is version 0.1. */
export const INDEX_VERSION = 2;

const BATCH = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** $1 version. Returns where to go on; nothing where all is done. */
const BEGIN: Statement = {
  name: 'search_index_begin',
  text: `
    insert into search_index (version, after) values ($1::int, '${FIRST_ID}')
    on conflict (id) do update set version = excluded.version,
      after = case when search_index.version = excluded.version then search_index.after else excluded.after end,
      finished_at = case when search_index.version = excluded.version then search_index.finished_at end
    returning case when finished_at is null then after::text end as after`,
};

/** $1 after this id. */
const READ: Statement = {
  name: 'search_index_read',
  text: `
    select i.id::text as id, i.version, to_json(tsvector_to_array(i.search))::text as terms, i.customer_name as client,
      d.recipient_name as recipient
    from invoices i left join deliveries d on d.invoice_id = i.id
    where i.id > $1::text::uuid order by i.id limit ${BATCH}`,
};

/**
 * $1 terms of each invoice. One that was written since has them already. What is hashed with a key, and whether names
 * are searchable at all, may have changed meanwhile: that is taken as it stands.
 */
const WRITE: Statement = {
  name: 'search_index_write',
  text: `
    with x as (
      select * from json_to_recordset($1::json) as x(id uuid, version int, names json, others json)
    ), free as (
      select i.id from invoices i join x on x.id = i.id and x.version = i.version order by i.id for no key update of i
    )
    update invoices i set search = array_to_tsvector(
      array(select t.lexeme from unnest(i.search) t where left(t.lexeme, 2) in ('${KINDS.phone}:', '${KINDS.email}:'))
      || array(select json_array_elements_text(x.others))
      || array(select json_array_elements_text(x.names) where i.customer_name is not null
        or exists (select from deliveries d where d.invoice_id = i.id and d.recipient_name is not null)))
    from x join free on free.id = x.id
    where i.id = x.id and i.version = x.version
    returning i.id::text as id`,
};

/** $1 version, $2 the last invoice, $3 whether that was all. Another process may be further. */
const NOTE: Statement = {
  name: 'search_index_note',
  text: `
    update search_index set after = greatest(after, $2::text::uuid),
      finished_at = case when $3::boolean then now() else finished_at end
    where version = $1::int`,
};

interface Row {
  readonly id: string;
  readonly version: number;
  readonly terms: string;
  readonly client: string | null;
  readonly recipient: string | null;
}

export interface Reindexed {
  readonly read: number;
  readonly changed: number;
}

/** May be stopped at any moment, and may run in two processes at once. */
export async function reindexSearch(isStopped: () => boolean = () => false): Promise<Reindexed> {
  const database = await getDatabase();
  const [begun] = await database.run<{ after: string | null }>(BEGIN, [INDEX_VERSION]);
  let after = begun?.after ?? null;
  let [read, changed] = [0, 0];
  while (after !== null && !isStopped()) {
    const rows: readonly Row[] = await database.run<Row>(READ, [after]);
    if (read === 0 && rows.length > 0) log('info', 'Search index: reading the invoices of an earlier version');
    read += rows.length;
    changed += await writeChanged(database, rows);
    const last: string = rows.at(-1)?.id ?? after;
    await database.run(NOTE, [INDEX_VERSION, last, rows.length < BATCH]);
    after = rows.length < BATCH ? null : last;
    await yieldToPriorityWork();
  }
  if (read > 0) log('info', `Search index: ${read} invoices read, the terms of ${changed} made anew`);
  return { read, changed };
}

async function writeChanged(database: Database, rows: readonly Row[]): Promise<number> {
  const differing = rows.flatMap((row) => {
    const stored: readonly string[] = JSON.parse(row.terms);
    const names = [row.client, row.recipient].flatMap((name) => (name === null ? [] : nameTerms(name)));
    const others = stored.flatMap(remade);
    const made = new Set([...stored.filter(isHashed), ...others, ...names]);
    const same = made.size === stored.length && stored.every((term) => made.has(term));
    return same ? [] : [{ id: row.id, version: row.version, names, others }];
  });
  if (differing.length === 0) return 0;
  return (await database.run(WRITE, [JSON.stringify(differing)])).length;
}

function isHashed(term: string): boolean {
  return term.startsWith(`${KINDS.phone}:`) || term.startsWith(`${KINDS.email}:`);
}

const KIND_OF = new Map(Object.entries(KINDS).map(([kind, letter]) => [letter as string, kind as Kind]));

/** A term from the text that an earlier one holds; names are made from the names, of which terms hold parts. */
function remade(term: string): readonly string[] {
  const kind = KIND_OF.get(term.charAt(0));
  if (kind === undefined || kind === 'name' || isHashed(term)) return [];
  const text = term.slice(2);
  return kind === 'order' ? orderTerms(text) : [termOf(kind, text)];
}

/** Runs once beside the server. Where nothing runs for long, a scheduled call does it. */
export function keepSearchIndex(): () => void {
  let stopped = false;
  reindexSearch(() => stopped).catch((error: unknown) => {
    // A walk that the stop of the server cut short goes on after the next start.
    if (!stopped) log('error', 'The search index could not be made', { error });
  });
  return () => {
    stopped = true;
  };
}
