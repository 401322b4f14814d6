import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { storedState } from '@/lib/postbacks/ledger';
import { yieldToPriorityWork } from '@/lib/priority';
import { nameTerms } from '@/lib/search/terms';

/** Names out of what is searched, or back into it; they stay among the encrypted people's data. */

const BATCH = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** $1 project. */
const HIDE: Statement = {
  name: 'names_hide',
  text: `
    with plain as (
      select i.id from invoices i
      where i.project_id = $1::uuid and (i.customer_name is not null
        or exists (select 1 from deliveries d where d.invoice_id = i.id and d.recipient_name is not null))
      order by i.id limit ${BATCH} for no key update of i skip locked
    ), parcels as (
      update deliveries d set recipient_name = null from plain where d.invoice_id = plain.id
    )
    update invoices i set customer_name = null,
      search = array_to_tsvector(array(select t.lexeme from unnest(i.search) t where left(t.lexeme, 2) <> 'n:'))
    from plain where i.id = plain.id
    returning i.id::text as id`,
};

/** Of one project, whatever stands in plain text. Returns how many invoices that were. */
export async function hideNames(projectId: string): Promise<number> {
  const database = await getDatabase();
  let hidden = 0;
  for (;;) {
    const rows = await database.run(HIDE, [projectId]);
    hidden += rows.length;
    if (rows.length === 0) return hidden;
    await yieldToPriorityWork();
  }
}

/** $1 project, $2 after this id. */
const SEALED: Statement = {
  name: 'names_sealed',
  text: `
    select i.id::text as id, i.version, i.state::text as payload, encode(i.people, 'base64') as sealed,
      i.encryption_key_id as key_id
    from invoices i where i.project_id = $1::uuid and i.id > $2::text::uuid and i.people is not null
    order by i.id limit ${BATCH}`,
};

/** $1 names of each invoice. One that was written since has them already. */
const SHOW: Statement = {
  name: 'names_show',
  text: `
    with x as (
      select * from json_to_recordset($1::json) as x(id uuid, version int, client text, recipient text, terms json)
    ), free as (
      select i.id from invoices i join x on x.id = i.id and x.version = i.version
      order by i.id for no key update of i skip locked
    ), parcels as (
      update deliveries d set recipient_name = x.recipient from x join free on free.id = x.id where d.invoice_id = x.id
    )
    update invoices i set customer_name = x.client,
      search = array_to_tsvector(array(select t.lexeme from unnest(i.search) t where left(t.lexeme, 2) <> 'n:')
        || array(select json_array_elements_text(x.terms)))
    from x join free on free.id = x.id
    where i.id = x.id and i.version = x.version
    returning i.id::text as id`,
};

interface SealedRow {
  readonly id: string;
  readonly version: number;
  readonly payload: string;
  readonly sealed: string;
  readonly key_id: string;
}

/** The way back: every name that is known becomes searchable again. */
export async function showNames(projectId: string): Promise<number> {
  const database = await getDatabase();
  let [shown, after] = [0, FIRST_ID];
  for (;;) {
    const rows = await database.run<SealedRow>(SEALED, [projectId, after]);
    const last = rows.at(-1);
    if (!last) return shown;
    shown += await showSome(database, rows);
    after = last.id;
    await yieldToPriorityWork();
  }
}

async function showSome(database: Database, rows: readonly SealedRow[]): Promise<number> {
  const named = rows.map((row) => {
    const { people } = storedState(row.id, row);
    const [client, recipient] = [people.client_name?.v ?? null, people.recipient_name?.v ?? null];
    const terms = [client, recipient].flatMap((name) => (name === null ? [] : nameTerms(name)));
    return { id: row.id, version: row.version, client, recipient, terms };
  });
  return (await database.run(SHOW, [JSON.stringify(named)])).length;
}
