import type { Database, Parameter } from '@/lib/db/client';
import { readState, type State } from '@/lib/fold/state';
import { getProvider } from '@/lib/providers';
import { open } from '@/lib/vault';
import { type CopyRow, copyRow, countedCopies, type Document, tokenDocument, twinDocument } from './documents';
import { Bytes } from './parameters';
import {
  type Decision,
  type Found,
  type FoundInvoice,
  type Plan,
  plan,
  tokenKey,
  type UsedToken,
  usedToken,
} from './plan';
import type { Recent } from './recent';
import { writeCounts } from './refused';
import { KEEP_TOKENS, READ, WRITE, WRITE_COPIES, WRITE_RECHECKED, WRITE_RECHECKED_COPIES } from './statements';
import { storedContent } from './stored-event';
import type { VerifiedPostback } from './verified-postback';

/** What became of one postback of a batch; `lost_race`: another writer was first, read again and try anew. */
export interface Written {
  readonly entry: VerifiedPostback;
  readonly outcome: Decision['outcome'] | 'lost_race';
  /** The row in the ledger that says the same; null: there is none. */
  readonly first: string | null;
}

/**
 * Reads what is there of the invoices that were met before (`met`), decides, and writes: one read, one write, and one more for
 * copies. Where an invoice is there although it was never met, the race is lost, and the next try reads it.
 */
export async function writeBatch(
  database: Database,
  entries: readonly VerifiedPostback[],
  met: Recent<true>,
): Promise<readonly Written[]> {
  const toRead = entries.filter((entry) => met.get(entry.invoiceId));
  // Before the write: whether one that fails has made them is not known.
  for (const { invoiceId } of entries) met.set(invoiceId, true);
  const found = toRead.length > 0 ? await read(database, toRead) : NOTHING;
  const planned = plan(entries, found);
  // One after the other: where the second fails, a new try finds what the first wrote.
  const written = await writeNew(database, planned);
  const copies = planned.copies.filter((copy) => copy.written_with === null || written.has(copy.written_with));
  await writeCopies(database, copies);
  const results = planned.decisions.map(
    ({ entry, outcome, writtenWith, first }): Written =>
      writtenWith === null || written.has(writtenWith)
        ? { entry, outcome, first }
        : { entry, outcome: 'lost_race', first: null },
  );
  const overLimit = results.filter(({ outcome, first }) => outcome !== 'lost_race' && first === null);
  await keepTokens(
    database,
    overLimit.flatMap(({ entry }) => (usedToken(found.tokens, entry) ? [] : [entry])),
  );
  await writeCounts(
    database,
    overLimit.map(({ entry: { arrival } }) => ({
      projectId: arrival.projectId,
      kind: 'over_limit',
      at: arrival.receivedAt,
      userAgent: arrival.userAgent,
    })),
  );
  return results;
}

async function writeNew(database: Database, planned: Plan): Promise<ReadonlySet<string>> {
  if (planned.invoices.length === 0) return new Set();
  const isRecheck =
    planned.repeats.some(isRechecked) ||
    planned.postbacks.some(
      ({ document, copies, repeats }) =>
        isRechecked(document) || copies.some(({ recheck }) => recheck) || repeats.some(isRechecked),
    );
  const rows = await database.run<{ id: string }>(isRecheck ? WRITE_RECHECKED : WRITE, writeParameters(planned));
  return new Set(rows.map((row) => row.id));
}

function isRechecked(document: Document): boolean {
  return Boolean(document.rechecked_at);
}

/** The parameters of `WRITE`; what only the whole write knows is put into the documents here. */
export function writeParameters(planned: Pick<Plan, 'invoices' | 'postbacks' | 'repeats'>): readonly Parameter[] {
  const { invoices, postbacks } = planned;
  const bytes = new Bytes();
  for (const { invoice, state, people } of invoices) {
    invoice.state_at = bytes.add(state);
    invoice.state_length = state.byteLength;
    if (people) Object.assign(invoice, { people_at: bytes.add(people), people_length: people.byteLength });
  }
  for (const { document, body, copies, counted, repeats } of postbacks) {
    document.body_at = bytes.add(body);
    document.body_length = body.byteLength;
    document.duplicates = copies.length + counted + repeats.length;
  }
  const documents: readonly (readonly Document[])[] = [
    invoices.map((rows) => rows.invoice),
    [
      ...postbacks.flatMap(({ id, document, copies, repeats }) => [
        document,
        ...repeats,
        ...copies.map((twin) => twinDocument(twin, id)),
      ]),
      ...planned.repeats,
    ],
    invoices.flatMap((rows) => rows.transactions),
    invoices.flatMap((rows) => (rows.delivery ? [rows.delivery] : [])),
  ];
  return [...documents.map((rows) => JSON.stringify(rows)), bytes.joined()];
}

/** An attempt that is only counted has used its token like any other. */
async function keepTokens(database: Database, entries: readonly VerifiedPostback[]): Promise<void> {
  if (entries.length > 0) await database.run(KEEP_TOKENS, [JSON.stringify(entries.map(tokenDocument))]);
}

/** Which of the rows that they are copies of have as many copies as are kept. */
async function writeCopies(database: Database, copies: readonly CopyRow[]): Promise<ReadonlySet<string>> {
  if (copies.length === 0) return new Set();
  const firsts = new Set(copies.map((copy) => copy.duplicate_of));
  const statement = copies.some(isRechecked) ? WRITE_RECHECKED_COPIES : WRITE_COPIES;
  const counted = await database.run<{ id: string; full: boolean }>(statement, [JSON.stringify(copies)]);
  if (counted.length !== firsts.size) throw new NotInLedger();
  return new Set(counted.flatMap(({ id, full }) => (full ? [id] : [])));
}

/** Somebody changed the ledger behind us. */
export class NotInLedger extends Error {
  override readonly name = 'NotInLedger';
  override readonly message = 'A copy points to a postback that is not in the ledger';
}

/** A row of the ledger whose content comes again. */
export interface KnownContent {
  readonly id: string;
  /** It has as many copies as are kept: further ones are only counted. */
  readonly full: boolean;
}

export interface KnownCopy {
  readonly entry: VerifiedPostback;
  readonly first: KnownContent;
}

/** Writes copies of what is known to be in the ledger, without a read; returns which rows are full by now. */
export async function writeKnownCopies(database: Database, copies: readonly KnownCopy[]): Promise<ReadonlySet<string>> {
  const open = new Set(copies.flatMap(({ first }) => (first.full ? [] : [first.id])));
  const ordinals = new Map<string, number>();
  const counted = new Map<string, { readonly entry: VerifiedPostback; readonly id: string; n: number }>();
  const rows: CopyRow[] = [];
  for (const { entry, first } of copies) {
    const ordinal = (ordinals.get(first.id) ?? 0) + 1;
    ordinals.set(first.id, ordinal);
    if (open.has(first.id)) {
      rows.push(copyRow(entry, first.id, ordinal));
      continue;
    }
    const key = `${first.id} ${entry.tokenHash}`;
    const together = counted.get(key);
    if (together) together.n += 1;
    else counted.set(key, { entry, id: first.id, n: 1 });
  }
  for (const { entry, id, n } of counted.values()) rows.push(countedCopies(entry, id, n));
  return writeCopies(database, rows);
}

interface FoundRow {
  readonly kind: 'invoice' | 'known' | 'token' | 'used_token';
  readonly key: string;
  readonly version: number;
  readonly payload: string | null;
  readonly sealed: string | null;
  readonly key_id: string | null;
  readonly first_id: string | null;
  readonly received: readonly string[] | null;
}

/** Contents and tokens count within their invoice, so that with a new one there is nothing else to find. */
const NOTHING: Found = { invoices: new Map(), known: new Map(), tokens: new Map() };

async function read(database: Database, entries: readonly VerifiedPostback[]): Promise<Found> {
  const forms = entries.flatMap(({ invoiceId, contentKey, formKey }) =>
    formKey?.of === 'form' ? [{ invoiceId, contentKey, formKey: formKey.key }] : [],
  );
  const attempts = new Map(
    entries.flatMap((entry) => (entry.tokenHash ? [[tokenKey(entry.tokenHash, entry.invoiceId), entry] as const] : [])),
  );
  const tokened = [...attempts.values()];
  const rows = await database.run<FoundRow>(READ, [
    [...new Set(entries.map((entry) => entry.invoiceId))],
    [...new Set(entries.map((entry) => `\\x${entry.contentKey}`))],
    tokened.map((entry) => `\\x${entry.tokenHash}`),
    tokened.map((entry) => entry.invoiceId),
    tokened.map((entry) => entry.arrival.receivedAt),
    forms.map((form) => form.invoiceId),
    forms.map((form) => `\\x${form.contentKey}`),
    forms.map((form) => `\\x${form.formKey}`),
  ]);
  const providers = new Map(entries.map((entry) => [entry.invoiceId, entry.providerId]));
  const invoices = new Map<string, FoundInvoice>();
  const known = new Map<string, string>();
  const tokens = new Map<string, UsedToken>();
  for (const row of rows) {
    if (row.kind === 'invoice') invoices.set(row.key, foundInvoice(row));
    else if (row.kind === 'known' && row.first_id && !known.has(row.key)) known.set(row.key, row.first_id);
    else if (row.kind === 'token') tokens.set(row.key, foundToken(row, providers));
    else if (row.kind === 'used_token' && !tokens.has(row.key)) tokens.set(row.key, WITHOUT_ROW);
  }
  return { invoices, known, tokens };
}

const WITHOUT_ROW: UsedToken = { content: () => ({ event: null, fields: null }), rows: 0 };

function foundToken(row: FoundRow, providers: ReadonlyMap<string, string>): UsedToken {
  const [, invoiceId = ''] = row.key.split(' ');
  const stored = { id: row.first_id ?? '', body: row.sealed, keyId: row.key_id, event: row.payload };
  return { content: () => storedContent(stored, getProvider(providers.get(invoiceId) ?? '')), rows: row.version };
}

function foundInvoice(row: FoundRow): FoundInvoice {
  return { version: row.version, received: row.received ?? [], state: storedState(row.key, row) };
}

/** The state of an invoice row, with its people's data opened. */
export function storedState(
  invoiceId: string,
  row: { readonly payload: string | null; readonly sealed: string | null; readonly key_id: string | null },
): State {
  const state = readState(JSON.parse(row.payload ?? '{}'));
  if (!row.sealed || !row.key_id) return state;
  const sealed = Buffer.from(row.sealed, 'base64');
  const text = Buffer.from(open({ sealed, keyId: row.key_id }, `invoices:${invoiceId}`)).toString('utf8');
  const people: State['people'] = JSON.parse(text);
  return { ...state, people };
}
