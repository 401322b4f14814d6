import type { Database, Parameter } from '@/lib/db/client';
import type { State } from '@/lib/fold/state';
import { getProvider } from '@/lib/providers';
import type { Event } from '@/lib/providers/provider';
import { open } from '@/lib/vault';
import { type Document, twinDocument } from './documents';
import type { Entry } from './entry';
import type { MetInvoices } from './met-invoices';
import { Bytes } from './parameters';
import { type Decision, type Found, type FoundInvoice, type Plan, plan } from './plan';
import { READ, WRITE, WRITE_COPIES } from './statements';
import { storedEvent } from './stored-event';

/** How many copies that came in one batch with their first get a row; past it they are counted. */
const COPIES_KEPT = 100;

/** What became of one postback of a batch; `lost_race`: another writer was first, read again and try anew. */
export interface Written {
  readonly entry: Entry;
  readonly outcome: Decision['outcome'] | 'lost_race';
}

/**
 * Reads what is there of the invoices that were met before, decides, and writes: one read, one write, and one more for
 * copies. Where an invoice is there although it was never met, the race is lost, and the next try reads it.
 */
export async function writeBatch(
  database: Database,
  entries: readonly Entry[],
  met: MetInvoices,
): Promise<readonly Written[]> {
  const toRead = entries.filter((entry) => met.has(entry.invoiceId));
  // Before the write: whether one that fails has made them is not known.
  for (const { invoiceId } of entries) met.add(invoiceId);
  const planned = plan(entries, toRead.length > 0 ? await read(database, toRead) : NOTHING);
  // One after the other: where the second fails, a new try finds what the first wrote.
  const written = await writeNew(database, planned);
  await writeCopies(database, planned);
  return planned.decisions.map(({ entry, outcome, writtenWith }) => ({
    entry,
    outcome: writtenWith === null || written.has(writtenWith) ? outcome : 'lost_race',
  }));
}

async function writeNew(database: Database, planned: Plan): Promise<ReadonlySet<string>> {
  if (planned.invoices.length === 0) return new Set();
  const rows = await database.run<{ id: string }>(WRITE, writeParameters(planned));
  return new Set(rows.map((row) => row.id));
}

/** The parameters of `WRITE`; what only the whole write knows is put into the documents here. */
export function writeParameters(planned: Pick<Plan, 'invoices' | 'postbacks'>): readonly Parameter[] {
  const { invoices, postbacks } = planned;
  const bytes = new Bytes();
  for (const { invoice, state, people } of invoices) {
    invoice.state_at = bytes.add(state);
    invoice.state_length = state.byteLength;
    if (people) Object.assign(invoice, { people_at: bytes.add(people), people_length: people.byteLength });
  }
  for (const { document, body, copies } of postbacks) {
    document.body_at = bytes.add(body);
    document.body_length = body.byteLength;
    document.duplicates = copies.length;
  }
  const documents: readonly (readonly Document[])[] = [
    invoices.map((rows) => rows.invoice),
    postbacks.flatMap(({ id, document, copies }) => [
      document,
      ...copies.slice(0, COPIES_KEPT).map((twin) => twinDocument(twin, id)),
    ]),
    invoices.flatMap((rows) => rows.transactions),
    invoices.flatMap((rows) => (rows.delivery ? [rows.delivery] : [])),
  ];
  return [...documents.map((rows) => JSON.stringify(rows)), bytes.joined()];
}

async function writeCopies(database: Database, planned: Plan): Promise<void> {
  if (planned.copies.length === 0) return;
  const firsts = new Set(planned.copies.map((copy) => copy.duplicate_of));
  const counted = await database.run<{ id: string }>(WRITE_COPIES, [JSON.stringify(planned.copies)]);
  if (counted.length !== firsts.size) throw new Error('A copy points to a postback that is not in the ledger');
}

interface FoundRow {
  readonly kind: 'invoice' | 'known' | 'token';
  readonly key: string;
  readonly version: number;
  readonly payload: string | null;
  readonly sealed: string | null;
  readonly key_id: string | null;
  readonly first_id: string | null;
}

/** Contents and tokens count within their invoice, so that with a new one there is nothing else to find. */
const NOTHING: Found = { invoices: new Map(), known: new Map(), tokens: new Map() };

async function read(database: Database, entries: readonly Entry[]): Promise<Found> {
  const rows = await database.run<FoundRow>(READ, [
    [...new Set(entries.map((entry) => entry.invoiceId))],
    [...new Set(entries.map((entry) => `\\x${entry.contentKey}`))],
    [...new Set(entries.flatMap((entry) => (entry.tokenHash ? [`\\x${entry.tokenHash}`] : [])))],
  ]);
  const providers = new Map(entries.map((entry) => [entry.invoiceId, entry.providerId]));
  const invoices = new Map<string, FoundInvoice>();
  const known = new Map<string, string>();
  const tokens = new Map<string, Event>();
  for (const row of rows) {
    if (row.kind === 'invoice') invoices.set(row.key, foundInvoice(row));
    else if (row.kind === 'known' && row.first_id) known.set(row.key, row.first_id);
    else if (row.kind === 'token' && !tokens.has(row.key)) {
      const event = eventUnderToken(row, providers);
      if (event) tokens.set(row.key, event);
    }
  }
  return { invoices, known, tokens };
}

/** Null for an invoice that this batch is not about. */
function eventUnderToken(row: FoundRow, providers: ReadonlyMap<string, string>): Event | null {
  const [, invoiceId = ''] = row.key.split(' ');
  const stored = { id: row.first_id ?? '', body: row.sealed, keyId: row.key_id, event: row.payload };
  return storedEvent(stored, getProvider(providers.get(invoiceId) ?? ''));
}

function foundInvoice(row: FoundRow): FoundInvoice {
  return { version: row.version, firstId: row.first_id ?? '', state: storedState(row.key, row) };
}

/** The state of an invoice row, with its people's data opened. */
export function storedState(
  invoiceId: string,
  row: { readonly payload: string | null; readonly sealed: string | null; readonly key_id: string | null },
): State {
  const state: State = JSON.parse(row.payload ?? '{}');
  if (!row.sealed || !row.key_id) return state;
  const sealed = Buffer.from(row.sealed, 'base64');
  const text = Buffer.from(open({ sealed, keyId: row.key_id }, `invoices:${invoiceId}`)).toString('utf8');
  const people: State['people'] = JSON.parse(text);
  return { ...state, people };
}
