import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { log } from '@/lib/log/log';
import { yieldToPriorityWork } from '@/lib/priority';
import { getProvider } from '@/lib/providers';
import { type Claim, claimInBytes, claimOf } from '@/lib/providers/claim';
import { open } from '@/lib/vault';
import { claimDocument, type Document } from './documents';
import type { KeptOutcome } from './outcome';

/**
 * Reads the kept bodies of postbacks that version 0.1 received for what they claim, so that they are found and shown like
 * later ones. It walks them once, in the background, and goes on after a restart where it stopped.
 */

const BATCH = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Returns where to go on; nothing where all is done. */
const BEGIN: Statement = {
  name: 'claims_index_begin',
  text: `
    insert into claims_index (after) values ('${FIRST_ID}') on conflict (id) do update set after = claims_index.after
    returning case when finished_at is null then after::text end as after`,
};

/** $1 after this id. A copy has no body: it gets what its first says. */
const READ: Statement = {
  name: 'claims_index_read',
  text: `
    select p.id::text as id, p.outcome, encode(p.body, 'base64') as body, p.encryption_key_id as key_id, pr.provider
    from postbacks p join projects pr on pr.id = p.project_id
    where p.id > $1::text::uuid and p.body is not null and p.claimed_search is null
      and p.claimed_status is null and p.claimed_amount is null and p.claimed_order_id is null
    order by p.id limit ${BATCH}`,
};

/** $1 what each claims. One that was written since has it already. */
const WRITE: Statement = {
  name: 'claims_index_write',
  text: `
    with x as (
      select * from json_to_recordset($1::json) as x(id uuid, outcome text, claimed_invoice_id text,
        claimed_order_id text, claimed_status text, claimed_amount text, claimed_currency text, claimed_search json)
    ), copies as (
      update postbacks c set claimed_order_id = x.claimed_order_id, claimed_status = x.claimed_status,
        claimed_amount = x.claimed_amount, claimed_currency = x.claimed_currency
      from x where c.duplicate_of = x.id and c.claimed_status is null
    )
    update postbacks p set claimed_order_id = x.claimed_order_id, claimed_status = x.claimed_status,
      claimed_amount = x.claimed_amount, claimed_currency = x.claimed_currency,
      claimed_invoice_id = coalesce(x.claimed_invoice_id, p.claimed_invoice_id),
      claimed_search = case when x.claimed_search is not null
        then array_to_tsvector(array(select json_array_elements_text(x.claimed_search))) end
    from x where p.id = x.id and p.outcome = x.outcome and p.claimed_status is null`,
};

/** $1 the last postback, $2 whether that was all. Another process may be further. */
const NOTE: Statement = {
  name: 'claims_index_note',
  text: `
    update claims_index set after = greatest(after, $1::text::uuid),
      finished_at = case when $2::boolean then now() else finished_at end`,
};

interface Row {
  readonly id: string;
  readonly outcome: KeptOutcome;
  readonly body: string;
  readonly key_id: string;
  readonly provider: string;
}

/** How many were read. May be stopped at any moment, and may run in two processes at once. */
export async function indexClaims(isStopped: () => boolean = () => false): Promise<number> {
  const database = await getDatabase();
  const [begun] = await database.run<{ after: string | null }>(BEGIN, []);
  let after = begun?.after ?? null;
  let read = 0;
  while (after !== null && !isStopped()) {
    const rows: readonly Row[] = await database.run<Row>(READ, [after]);
    read += rows.length;
    await write(database, rows);
    const last: string = rows.at(-1)?.id ?? after;
    await database.run(NOTE, [last, rows.length < BATCH]);
    after = rows.length < BATCH ? null : last;
    await yieldToPriorityWork();
  }
  if (read > 0) log('info', `Postbacks: ${read} of an earlier version read for what they claim`);
  return read;
}

async function write(database: Database, rows: readonly Row[]): Promise<void> {
  const documents = rows.flatMap(documentOf);
  if (documents.length > 0) await database.run(WRITE, [JSON.stringify(documents)]);
}

function documentOf(row: Row): readonly Document[] {
  const claim = claimIn(row);
  if (claim === null) return [];
  const { id, outcome } = row;
  const document = claimDocument(claim);
  const isAccepted = outcome === 'accepted' || outcome === 'duplicate';
  return [
    {
      ...document,
      id,
      outcome,
      claimed_invoice_id: isAccepted || outcome === 'contradiction' ? null : (document.claimed_invoice_id ?? null),
      claimed_search: isAccepted ? null : (document.claimed_search ?? null),
    },
  ];
}

/** Null for a body that its key no longer opens, which says nothing to anybody. */
function claimIn({ id, body, key_id: keyId, provider: providerId }: Row): Claim | null {
  const provider = getProvider(providerId);
  if (!provider) return null;
  try {
    const bytes = open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
    const decoded = provider.decode(bytes);
    return decoded.ok ? claimOf(decoded.fields, provider) : claimInBytes(bytes, provider);
  } catch (error) {
    log('error', `What postback ${id} claims could not be read`, { error });
    return null;
  }
}

/** Runs once beside the server. Where nothing runs for long, a scheduled call does it. */
export function keepClaimsIndex(): () => void {
  let stopped = false;
  indexClaims(() => stopped).catch((error: unknown) => {
    // A walk that the stop of the server cut short goes on after the next start.
    if (!stopped) log('error', 'Postbacks of an earlier version could not be read for what they claim', { error });
  });
  return () => {
    stopped = true;
  };
}
