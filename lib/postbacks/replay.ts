import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { contradiction, merge, mergeRepeat } from '@/lib/fold/merge';
import { keepAll } from '@/lib/fold/registers';
import { stable } from '@/lib/fold/stable';
import type { State } from '@/lib/fold/state';
import { getProvider } from '@/lib/providers';
import type { Grade, Provider, Signer } from '@/lib/providers/provider';
import { toInstant } from '@/lib/time';
import { invoiceRows } from './invoice-rows';
import { storedState, writeParameters } from './ledger';
import { WRITE } from './statements';
import { storedEvent } from './stored-event';

export interface ReplayOptions {
  readonly projectId?: string | null;
  /** Only invoices with a postback received from here on … */
  readonly since?: string | null;
  /** … and before here. Of those the whole history is taken. */
  readonly until?: string | null;
  readonly database?: Database;
}

/** How many invoices are read at a time. */
const PAGE = 200;
const MAX_RACES = 5;

/** $1 after this invoice id, $2 project, $3 since, $4 until, $5 how many. */
const INVOICES: Statement = {
  name: 'replay_invoices',
  text: `
    select distinct p.invoice_id::text as id, p.project_id::text as project_id, pr.provider, pr.names_searchable
      from postbacks p join projects pr on pr.id = p.project_id
     where p.position is not null and p.invoice_id > $1::text::uuid
       and ($2::text is null or p.project_id = $2::text::uuid)
       and ($3::text is null or p.received_at >= $3::text::timestamptz)
       and ($4::text is null or p.received_at < $4::text::timestamptz)
     order by 1 limit $5::text::int`,
};

/** $1 invoice id: its row as it stands, and below it its postbacks in the order in which they were taken in. */
const HISTORY: Statement = {
  name: 'replay_history',
  text: `
    select 'invoice' as kind, i.id::text as id, i.version, i.state::text as payload, encode(i.people, 'base64') as bytes,
           i.encryption_key_id as key_id, null as outcome, null as reason, null as reason_field, null as verified,
           i.signer, i.updated_at::text as at
      from invoices i where i.id = $1::text::uuid
    union all
    select 'cash', r.invoice_id::text, 0, null, null, null, null, null, null, null, null,
           to_char(r.cash_received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      from cash_receipts r where r.invoice_id = $1::text::uuid
    union all
    -- A copy with a place in the order has neither body nor event of its own.
    select 'postback', f.id::text, p.position, coalesce(p.event, f.event)::text, encode(f.body, 'base64'),
           f.encryption_key_id, p.outcome, p.reason, p.reason_field, p.verified, p.signer,
           to_char(p.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      from postbacks p join postbacks f on f.id = coalesce(p.duplicate_of, p.id)
     where p.invoice_id = $1::text::uuid and p.position is not null
     order by 1, 3`,
};

export interface HistoryRow {
  readonly kind: 'invoice' | 'postback' | 'cash';
  readonly id: string;
  readonly version: number;
  readonly payload: string | null;
  readonly bytes: string | null;
  readonly key_id: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly reason_field: string | null;
  readonly verified: Grade | null;
  readonly signer: Signer;
  readonly at: string;
}

export interface InvoiceRef {
  readonly id: string;
  readonly project_id: string;
  readonly provider: string;
  readonly names_searchable: boolean;
}

/**
 * Projects stored postbacks again, in the order in which they were taken in: the bytes where they are kept, else the
 * event beside them. Verdicts are those of the receipt. Returns how many postbacks were read and invoices changed.
 */
export async function replay(options: ReplayOptions = {}): Promise<{ replayed: number; changed: number }> {
  const database = options.database ?? (await getDatabase());
  const scope = [options.projectId ?? null, options.since ?? null, options.until ?? null, String(PAGE)];
  let after = '00000000-0000-0000-0000-000000000000';
  const total = { replayed: 0, changed: 0 };
  for (;;) {
    const page = await database.run<InvoiceRef>(INVOICES, [after, ...scope]);
    for (const invoice of page) {
      const { replayed, changed } = await replayInvoice(database, invoice);
      total.replayed += replayed;
      total.changed += Number(changed);
    }
    const last = page.at(-1);
    if (!last) return total;
    after = last.id;
  }
}

/** What is stored of one invoice. */
export interface History {
  readonly version: number | null;
  readonly state: State | null;
  /** In the order in which they were taken in. */
  readonly postbacks: readonly HistoryRow[];
  /** The day on which staff says that the cash arrived. */
  readonly cashReceivedAt: string | null;
}

export async function readHistory(database: Pick<Database, 'run'>, id: string): Promise<History> {
  const rows = await database.run<HistoryRow>(HISTORY, [id]);
  const stored = rows.find((row) => row.kind === 'invoice');
  return {
    version: stored?.version ?? null,
    state: stored ? storedState(id, { payload: stored.payload, sealed: stored.bytes, key_id: stored.key_id }) : null,
    postbacks: rows.filter((row) => row.kind === 'postback'),
    cashReceivedAt: rows.find((row) => row.kind === 'cash')?.at ?? null,
  };
}

/**
 * Computes one invoice again. With `rewrite` its rows are written even where the state is the same, for columns that an
 * older version did not have; `changed` speaks of the state.
 */
export async function replayInvoice(
  database: Pick<Database, 'run'>,
  ref: InvoiceRef,
  { rewrite = false }: { readonly rewrite?: boolean } = {},
): Promise<{ replayed: number; changed: boolean }> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const { version: stored, state: before, postbacks, cashReceivedAt } = await readHistory(database, ref.id);
    const folded = foldHistory(postbacks, getProvider(ref.provider), [before]);
    const state = folded && { ...folded, cashReceivedAt };
    const changed = state !== null && (before === null || stable(before) !== stable(state));
    if (!state || !(changed || rewrite)) return { replayed: postbacks.length, changed: false };
    const version = stored === null ? versionOf(postbacks) : stored + 1;
    const updatedAt = postbacks.at(-1)?.at ?? toInstant(new Date());
    const { id, project_id: projectId, names_searchable: namesSearchable } = ref;
    const parameters = writeParameters({
      invoices: [invoiceRows({ id, projectId, state, version, updatedAt, namesSearchable })],
      postbacks: [],
      repeats: [],
    });
    const written = await database.run(WRITE, parameters);
    if (written.length > 0) return { replayed: postbacks.length, changed };
  }
  throw new Error(`Invoice ${ref.id} was written by others at every try; replay it again`);
}

/** What the postbacks say together, and what was known of people before, once for each invoice that they belonged to. */
export function foldHistory(
  postbacks: readonly HistoryRow[],
  provider: Provider | undefined,
  before: readonly (State | null)[],
): State | null {
  return before.reduce((state, known) => withKnownPeople(state, known, postbacks), fold(postbacks, provider));
}

/** Where bytes were deleted the events say nothing of people: what is believed of them stays, unless it was erased. */
function withKnownPeople(state: State | null, before: State | null, postbacks: readonly HistoryRow[]): State | null {
  if (!state || !before || postbacks.every(({ bytes }) => bytes !== null)) return state;
  const people = Object.entries(before.people).reduce(
    (known, [field, { v, r }]) => keepAll(known, { [field]: v }, r).registers,
    state.people,
  );
  return { ...state, people };
}

/** The version whose write gave the last position. */
function versionOf(postbacks: readonly HistoryRow[]): number {
  return Math.floor((postbacks.at(-1)?.version ?? 1_000) / 1_000);
}

function fold(postbacks: readonly HistoryRow[], provider: Provider | undefined): State | null {
  let state: State | null = null;
  for (const row of postbacks) {
    const stored = { id: row.id, body: row.bytes, keyId: row.key_id, event: row.payload };
    const event = storedEvent(stored, provider);
    if (!event || !row.verified) continue;
    const receipt = { event, grade: row.verified, signer: row.signer, receivedAt: row.at };
    if (state !== null && row.outcome === 'duplicate') {
      state = mergeRepeat(state, receipt);
      continue;
    }
    // That a token was used twice was seen at the receipt, like every verdict.
    state =
      state !== null && row.reason === 'same_token'
        ? contradiction(state, 'same_token', row.reason_field).state
        : merge(state, receipt).state;
  }
  return state;
}
